@echo off
rem Sets the program up in the folder that this file lies in. The installer runs it; run it again to repair.
rem Ends with 0 done, 3 no Python could be had, 4 the program is in use, 5 a part is missing, 6 done but for the ribbon,
rem 7 something of a person's own has the name of a folder that this makes.
setlocal
set "HERE=%~dp0"
set "LOG=%HERE%install.log"
set "PYTHON=%HERE%environment\Scripts\python.exe"
rem It may be started in a person's documents: programs and environments that lie there must not be found.
cd /d "%HERE%"
rem Everything stays in this folder, and nothing of another Python of this person's is looked at.
set "UV_PYTHON_INSTALL_DIR=%HERE%python"
set "UV_CACHE_DIR=%HERE%cache"
set "UV_NO_CONFIG=1"
set "UV_NO_PROGRESS=1"
set "UV_LINK_MODE=copy"
set "VIRTUAL_ENV="
set "PYTHONHOME="
set "PYTHONPATH="
echo Champion Workbook @VERSION@ > "%LOG%"

call :own cache
if errorlevel 1 exit /b 7
rem 1. A Python of version @PYTHON@: one that is there, else the one that uv fetches (the only step that needs a network).
"%HERE%uv.exe" python find @PYTHON@ --system --no-project --no-python-downloads >> "%LOG%" 2>&1
if not errorlevel 1 goto environment
call :own python
if errorlevel 1 exit /b 7
echo Fetching Python @PYTHON@, about 25 MB ...
"%HERE%uv.exe" python install @PYTHON@ --no-bin --no-registry >> "%LOG%" 2>&1
if errorlevel 1 exit /b 3

rem 2. The program and its libraries, from the wheels that came with the installer, each by its hash.
:environment
echo Setting up the program ...
call :own environment
if errorlevel 1 exit /b 7
"%HERE%uv.exe" venv --no-project --no-python-downloads --python @PYTHON@ --clear "%HERE%environment" >> "%LOG%" 2>&1
if errorlevel 1 exit /b 4
"%HERE%uv.exe" pip install --python "%PYTHON%" --offline --no-index --find-links "%HERE%wheels" --require-hashes --compile-bytecode -r "%HERE%requirements.txt" >> "%LOG%" 2>&1
if errorlevel 1 exit /b 5
if exist "%HERE%cache" rmdir /s /q "%HERE%cache"
if exist "%HERE%made\cache.txt" del "%HERE%made\cache.txt"

rem 3. The ribbon.
echo Putting the ribbon into Excel ...
"%PYTHON%" -I -B -m addin.frontends.terminal addin install >> "%LOG%" 2>&1
if errorlevel 1 exit /b 6
exit /b 0

rem Makes a folder and notes that we made it: only such a folder is ever emptied or taken away again.
:own
if exist "%HERE%made\%1.txt" exit /b 0
if exist "%HERE%%1" goto others
if not exist "%HERE%made" mkdir "%HERE%made"
mkdir "%HERE%%1"
echo Setup made the folder %1. > "%HERE%made\%1.txt"
exit /b 0
:others
echo There is something called %1 here that setup did not make. Move it away or give it another name, then do this again.
echo Something called %1 is in the way: setup did not make it. >> "%LOG%"
exit /b 1
