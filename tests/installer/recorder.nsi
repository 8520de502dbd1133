; A stand-in for uv.exe and for the Python that it sets up: notes how it was called, and makes what uv would make.
Unicode true
Target amd64-unicode
OutFile "${OUT}"
RequestExecutionLevel user
SilentInstall silent
!include "FileFunc.nsh"
!include "LogicLib.nsh"
!include "WordFunc.nsh"
Name "recorder"

Section
  ${GetParameters} $R0
  FileOpen $0 "$EXEDIR\recorded.txt" a
  FileSeek $0 0 END
  FileWriteUTF16LE $0 "$EXEFILE $R0$\r$\n"
  FileClose $0
  ; A file of a step's name in the folder has that step fail.
  ${WordFind} "$R0" "python find" "E+1{" $1
  ${IfNot} ${Errors}
  ${AndIf} ${FileExists} "$EXEDIR\no python"
    SetErrorLevel 2
    Quit
  ${EndIf}
  ${WordFind} "$R0" "python install" "E+1{" $1
  ${IfNot} ${Errors}
  ${AndIf} ${FileExists} "$EXEDIR\no network"
    SetErrorLevel 2
    Quit
  ${EndIf}
  ${WordFind} "$R0" "addin.frontends.terminal addin" "E+1{" $1
  ${IfNot} ${Errors}
  ${AndIf} ${FileExists} "$EXEDIR\..\..\excel open"
    SetErrorLevel 2
    Quit
  ${EndIf}
  ${WordFind} "$R0" "venv " "E+1{" $1
  ${IfNot} ${Errors}
  ${AndIfNot} ${FileExists} "$EXEDIR\no environment"
    CreateDirectory "$EXEDIR\environment\Scripts"
    CopyFiles /SILENT "$EXEPATH" "$EXEDIR\environment\Scripts\python.exe"
    CopyFiles /SILENT "$EXEPATH" "$EXEDIR\environment\Scripts\pythonw.exe"
    CopyFiles /SILENT "$EXEPATH" "$EXEDIR\environment\Scripts\champions.exe"
  ${EndIf}
SectionEnd
