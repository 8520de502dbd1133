@echo off
rem Sets the program up in the folder that this file lies in. The installer runs it; run it again to repair.
rem Ends with 0 done, 3 no Python could be had, 4 the program is in use, 5 a part is missing, 6 done but for the ribbon.
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

rem 1. A Python of version @PYTHON@: one that is there, else the one that uv fetches (the only step that needs a network).
"%HERE%uv.exe" python find @PYTHON@ --system --no-project --no-python-downloads >> "%LOG%" 2>&1
if not errorlevel 1 goto environment
echo Fetching Python @PYTHON@, about 25 MB ...
"%HERE%uv.exe" python install @PYTHON@ --no-bin --no-registry >> "%LOG%" 2>&1
if errorlevel 1 exit /b 3

rem 2. The program and its libraries, from the wheels that came with the installer, each by its hash.
:environment
echo Setting up the program ...
"%HERE%uv.exe" venv --no-project --no-python-downloads --python @PYTHON@ --clear "%HERE%environment" >> "%LOG%" 2>&1
if errorlevel 1 exit /b 4
"%HERE%uv.exe" pip install --python "%PYTHON%" --offline --no-index --find-links "%HERE%wheels" --require-hashes --compile-bytecode -r "%HERE%requirements.txt" >> "%LOG%" 2>&1
if errorlevel 1 exit /b 5
if exist "%HERE%cache" rmdir /s /q "%HERE%cache"

rem 3. The ribbon.
echo Putting the ribbon into Excel ...
"%PYTHON%" -I -B -m addin.cli addin install >> "%LOG%" 2>&1
if errorlevel 1 exit /b 6
exit /b 0
