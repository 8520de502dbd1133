; The installer for Windows: for one person, without an administrator. Made by "make installer", which gives
;   VERSION, SOURCE (the folder with what is installed), OUT (the file to write), and perhaps TARGET.
; /S installs without a window; the exit code is 0 if all is done, else what setup.cmd says.
Unicode true
!ifdef TARGET
  Target ${TARGET}
!endif
!ifdef QUICK
  SetCompress off
!else
  SetCompressor /SOLID lzma
!endif
!include "MUI2.nsh"
!include "LogicLib.nsh"

!define NAME "Champion Workbook"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\ChampionWorkbook"

Name "${NAME}"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\ChampionWorkbook"
BrandingText "${NAME} ${VERSION}"
ShowInstDetails show
ShowUninstDetails show

VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "FileDescription" "${NAME} installer"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "MIT licence"

!define MUI_WELCOMEPAGE_TITLE "${NAME} ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "This sets up ${NAME} for you alone; no administrator is needed.$\r$\n$\r$\nPlease close \
Excel first.$\r$\n$\r$\nIf your computer has no Python ${PYTHON} it is fetched from the internet, once, about 25 MB. \
Nothing else needs the internet, now or later."
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_TEXT "Start Excel: the tab Champions stands beside Home.$\r$\n$\r$\nThe start menu has \
${NAME}: a new workbook, the guide, and what to do if something is wrong."
!define MUI_FINISHPAGE_SHOWREADME "$INSTDIR\guide.html"
!define MUI_FINISHPAGE_SHOWREADME_TEXT "Open the guide"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

; Shows a message, but not in silent mode.
!macro Say words
  IfSilent +2
  MessageBox MB_OK|MB_ICONEXCLAMATION "${words}"
!macroend

Section "Install"
  SetShellVarContext current
  SetOutPath "$INSTDIR"
  RMDir /r "$INSTDIR\wheels"
  File /r "${SOURCE}\*.*"
  WriteUninstaller "$INSTDIR\remove.exe"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The Champion Workbook developers"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\remove.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\remove.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1

  ; The shortcuts start in the person's documents, where a new workbook goes.
  SetOutPath "$DOCUMENTS"
  CreateDirectory "$SMPROGRAMS\${NAME}"
  CreateShortcut "$SMPROGRAMS\${NAME}\New programme workbook.lnk" "$INSTDIR\environment\Scripts\pythonw.exe" \
    "-I -B -m addin.starting"
  CreateShortcut "$SMPROGRAMS\${NAME}\Guide.lnk" "$INSTDIR\guide.html"
  CreateShortcut "$SMPROGRAMS\${NAME}\Is all well.lnk" "$SYSDIR\cmd.exe" \
    '/k ""$INSTDIR\environment\Scripts\champions.exe" doctor"'
  CreateShortcut "$SMPROGRAMS\${NAME}\Repair.lnk" "$SYSDIR\cmd.exe" '/k ""$INSTDIR\setup.cmd""'
  CreateShortcut "$SMPROGRAMS\${NAME}\Remove.lnk" "$INSTDIR\remove.exe"

  SetOutPath "$INSTDIR"
  DetailPrint "Setting up; this takes a minute or two."
  nsExec::ExecToLog '"$SYSDIR\cmd.exe" /d /c ""$INSTDIR\setup.cmd""'
  Pop $0
  ; Whatever it says: without a program it is not done.
  ${IfNot} ${FileExists} "$INSTDIR\environment\Scripts\python.exe"
  ${AndIf} $0 != "3"
  ${AndIf} $0 != "4"
    StrCpy $0 "5"
  ${EndIf}
  ${If} $0 == "0"
    DetailPrint "Done."
  ${ElseIf} $0 == "3"
    SetErrorLevel 3
    !insertmacro Say "Python ${PYTHON} is not on this computer and could not be fetched. Go online and choose Repair in the \
start menu, or install Python ${PYTHON} from python.org first.$\r$\n$\r$\nThe log: $INSTDIR\install.log"
  ${ElseIf} $0 == "4"
    SetErrorLevel 4
    !insertmacro Say "The program is in use. Close Excel and run this installer again.$\r$\n$\r$\nThe log: \
$INSTDIR\install.log"
  ${ElseIf} $0 == "6"
    SetErrorLevel 6
    !insertmacro Say "The program is set up, but the ribbon could not be put into Excel. Close Excel and choose Repair in \
the start menu.$\r$\n$\r$\nThe log: $INSTDIR\install.log"
  ${Else}
    SetErrorLevel 5
    !insertmacro Say "The program could not be set up. If an antivirus program stopped it, allow it there and choose Repair \
in the start menu.$\r$\n$\r$\nThe log: $INSTDIR\install.log"
  ${EndIf}
SectionEnd

Section "Uninstall"
  SetShellVarContext current
  ${If} ${FileExists} "$INSTDIR\environment\Scripts\python.exe"
  retry:
    nsExec::ExecToLog '"$INSTDIR\environment\Scripts\python.exe" -I -B -m addin.cli addin remove'
    Pop $0
    ${If} $0 == "2"
      IfSilent +2
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "Excel is open and holds the ribbon. Close Excel, then retry." \
        IDRETRY retry
      SetErrorLevel 2
      Abort "Nothing was removed."
    ${EndIf}
  ${EndIf}
  RMDir /r "$SMPROGRAMS\${NAME}"
  ; Only what was put there; workbooks, documents and their kept states lie elsewhere and stay.
  RMDir /r "$INSTDIR\environment"
  RMDir /r "$INSTDIR\python"
  RMDir /r "$INSTDIR\cache"
  RMDir /r "$INSTDIR\wheels"
  RMDir /r "$INSTDIR\licences"
  RMDir /r "$INSTDIR\pictures"
  Delete "$INSTDIR\uv.exe"
  Delete "$INSTDIR\setup.cmd"
  Delete "$INSTDIR\requirements.txt"
  Delete "$INSTDIR\guide.html"
  Delete "$INSTDIR\install.log"
  Delete "$INSTDIR\remove.exe"
  RMDir "$INSTDIR"
  RMDir /r "$LOCALAPPDATA\champions\Logs"
  RMDir "$LOCALAPPDATA\champions"
  DeleteRegKey HKCU "${UNINSTALL}"
SectionEnd
