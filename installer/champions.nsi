; The installer for Windows: for one person, without an administrator. Made by "make installer", which gives
;   VERSION, SOURCE (the folder with what is installed), OUT (the file to write), MARK (the first line of the list
;   of what is installed), and perhaps TARGET.
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
!include "FileFunc.nsh"
!include "TextFunc.nsh"

!define NAME "Champion Workbook"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\ChampionWorkbook"

; The list of what was put there. Its first line marks the folder as ours; without it nothing is put there or taken away.
!define LIST "installed.txt"

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

; Puts 1 into $0 where the folder is ours, else nothing.
!macro Marked
  StrCpy $0 ""
  ClearErrors
  FileOpen $1 "$INSTDIR\${LIST}" r
  ${IfNot} ${Errors}
    FileRead $1 $2
    FileClose $1
    ${TrimNewLines} "$2" $2
    ${If} $2 == "${MARK}"
      StrCpy $0 "1"
    ${EndIf}
  ${EndIf}
!macroend

; Takes away what the list names: a file a line, a folder with a backslash at its end, which goes if it is empty.
!macro RemoveListed
  FileOpen $1 "$INSTDIR\${LIST}" r
  FileRead $1 $2
  ${Do}
    ClearErrors
    FileRead $1 $2
    ${If} ${Errors}
      ${ExitDo}
    ${EndIf}
    ${TrimNewLines} "$2" $2
    StrCpy $3 "$2" "" -1
    ${If} $3 == "\"
      StrCpy $2 "$2" -1
      RMDir "$INSTDIR\$2"
    ${ElseIf} $2 != ""
      Delete "$INSTDIR\$2"
    ${EndIf}
  ${Loop}
  FileClose $1
!macroend

; Takes a folder away that setup noted it made. What it leads to elsewhere, if somebody made it a link, stays.
!macro RemoveMade name
  ${If} ${FileExists} "$INSTDIR\made\${name}.txt"
    ${GetFileAttributes} "$INSTDIR\${name}" "REPARSE_POINT" $3
    ${If} $3 == "1"
      RMDir "$INSTDIR\${name}"
    ${Else}
      RMDir /r "$INSTDIR\${name}"
    ${EndIf}
    Delete "$INSTDIR\made\${name}.txt"
  ${EndIf}
!macroend

Section "Install"
  SetShellVarContext current
  !insertmacro Marked
  ${If} $0 == "1"
    !insertmacro RemoveListed
  ${Else}
    ${DirState} "$INSTDIR" $1
    ${If} $1 == "1"
      SetErrorLevel 7
      !insertmacro Say "There are files of others in the folder $INSTDIR. Choose an empty folder, or one that is not there \
yet. Nothing was changed."
      Abort "Nothing was changed: there are files of others in $INSTDIR."
    ${EndIf}
  ${EndIf}
  SetOutPath "$INSTDIR"
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
    "-I -B -m addin.frontends.start_menu"
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
  ${AndIf} $0 != "7"
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
  ${ElseIf} $0 == "7"
    SetErrorLevel 7
    !insertmacro Say "Something in the folder $INSTDIR has the name of a folder that the program needs. Move it away and \
choose Repair in the start menu.$\r$\n$\r$\nThe log: $INSTDIR\install.log"
  ${Else}
    SetErrorLevel 5
    !insertmacro Say "The program could not be set up. If an antivirus program stopped it, allow it there and choose Repair \
in the start menu.$\r$\n$\r$\nThe log: $INSTDIR\install.log"
  ${EndIf}
SectionEnd

Section "Uninstall"
  SetShellVarContext current
  !insertmacro Marked
  ${If} $0 != "1"
    SetErrorLevel 7
    !insertmacro Say "The list of what was installed is not in the folder $INSTDIR, so it is not known what may be taken \
away. Nothing was removed. Run the installer again, then remove it."
    Abort "Nothing was removed."
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\made\environment.txt"
  ${AndIf} ${FileExists} "$INSTDIR\environment\Scripts\python.exe"
  retry:
    nsExec::ExecToLog '"$INSTDIR\environment\Scripts\python.exe" -I -B -m addin.frontends.terminal addin remove'
    Pop $0
    ${If} $0 == "2"
      IfSilent +2
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "Excel is open and holds the ribbon. Close Excel, then retry." \
        IDRETRY retry
      SetErrorLevel 2
      Abort "Nothing was removed."
    ${EndIf}
  ${EndIf}
  Delete "$SMPROGRAMS\${NAME}\New programme workbook.lnk"
  Delete "$SMPROGRAMS\${NAME}\Guide.lnk"
  Delete "$SMPROGRAMS\${NAME}\Is all well.lnk"
  Delete "$SMPROGRAMS\${NAME}\Repair.lnk"
  Delete "$SMPROGRAMS\${NAME}\Remove.lnk"
  RMDir "$SMPROGRAMS\${NAME}"
  ; Only what was put there; workbooks, documents and their kept states, and whatever else lies there, stay.
  !insertmacro RemoveMade "environment"
  !insertmacro RemoveMade "python"
  !insertmacro RemoveMade "cache"
  RMDir "$INSTDIR\made"
  !insertmacro RemoveListed
  Delete "$INSTDIR\install.log"
  Delete "$INSTDIR\remove.exe"
  Delete "$INSTDIR\${LIST}"
  RMDir "$INSTDIR"
  Delete "$LOCALAPPDATA\champions\Logs\faults.log"
  Delete "$LOCALAPPDATA\champions\Logs\faults.old.log"
  RMDir "$LOCALAPPDATA\champions\Logs"
  RMDir "$LOCALAPPDATA\champions"
  DeleteRegKey HKCU "${UNINSTALL}"
SectionEnd
