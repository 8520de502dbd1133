Attribute VB_Name = "Champions"
Option Explicit
' Champion Workbook {{VERSION}}: what the buttons of the ribbon do.
' Made by "champions addin build" from the program's own commands; change those, not this.

Private Const PROGRAM_VERSION As String = "{{VERSION}}"
Private Const OUR_TABLES As String = "{{TABLES}}"
Private Const MOST_SERVICES As Long = {{MOST_SERVICES}}

Private Const AT_WORK As String = "Champions is at work. Excel answers again when it is done."
' What Windows answers where a program or its folder is gone.
Private Const FILE_NOT_FOUND As Long = -2147024894
Private Const PATH_NOT_FOUND As Long = -2147024893

Private loadedRibbon As IRibbonUI
' While Python works Excel still answers it, and could take another press.
Private atWork As Boolean

' ---- What Excel calls ------------------------------------------------------------------------------------------

Public Sub RibbonLoaded(ribbon As IRibbonUI)
    Set loadedRibbon = ribbon
End Sub

Public Sub Press(control As IRibbonControl)
    RunPressed control.Tag
End Sub

Public Sub PressService(control As IRibbonControl)
    Dim parts() As String
    Dim code As String
    parts = Split(control.Tag, "{{ITEM_MARK}}")
    code = ServiceField(CLng(parts(1)), "{{SERVICE_CODE}}")
    If code = "" Then
        Tell "That service is no longer in the table {{SERVICES}}. Open the menu again."
        Refresh
    Else
        RunPressed parts(0) & "{{ITEM_MARK}}" & code
    End If
End Sub

Public Sub HasBook(control As IRibbonControl, ByRef returnedVal)
    returnedVal = Not (OurBook() Is Nothing)
End Sub

Public Sub CountsLabel(control As IRibbonControl, ByRef returnedVal)
    returnedVal = CountsText()
End Sub

Public Sub ServiceLabel(control As IRibbonControl, ByRef returnedVal)
    Dim position As Long
    position = CLng(Split(control.Tag, "{{ITEM_MARK}}")(1))
    ' An ampersand alone would mark the letter after it.
    returnedVal = Replace(ServiceField(position, "{{SERVICE_NAME}}"), "&", "&&") & _
        " (" & ServiceField(position, "{{SERVICE_CODE}}") & ")"
End Sub

Public Sub ServiceShown(control As IRibbonControl, ByRef returnedVal)
    returnedVal = CLng(Split(control.Tag, "{{ITEM_MARK}}")(1)) <= ServiceCount()
End Sub

Public Sub MoreServicesLabel(control As IRibbonControl, ByRef returnedVal)
    returnedVal = "and " & (ServiceCount() - MOST_SERVICES) & " more: press All services"
End Sub

Public Sub MoreServicesShown(control As IRibbonControl, ByRef returnedVal)
    returnedVal = ServiceCount() > MOST_SERVICES
End Sub

' ---- Running ---------------------------------------------------------------------------------------------------

Private Sub RunPressed(ByVal pressed As String)
    Dim reason As String
    If atWork Then Exit Sub
    On Error GoTo Failed
    ' Excel is found by a window that shows a workbook.
    If ActiveWorkbook Is Nothing Then Application.Workbooks.Add
    atWork = True
    Application.StatusBar = AT_WORK
#If Mac Then
    reason = StartOnMac(pressed)
#Else
    reason = RunOnWindows(pressed)
    Application.StatusBar = False
#End If
    atWork = False
    Refresh
    If reason <> "" Then Tell reason
    Exit Sub
Failed:
    reason = WordsOfError(Err.Number, Err.Description)
    atWork = False
    Application.StatusBar = False
    Tell reason
End Sub

#If Mac Then

Private Function StartOnMac(ByVal pressed As String) As String
    ' Python can't reach Excel while a macro runs, so this returns at once, and Python goes on by itself.
    Dim answer As String
    StartOnMac = ""
    answer = AppleScriptTask("{{SCRIPT}}", "press", pressed & "|" & HexOf(ActiveWorkbook.Name) & "|" & PROGRAM_VERSION)
    ' In case it never comes to clearing the status bar itself.
    Application.OnTime Now + TimeSerial(0, 10, 0), "'" & ThisWorkbook.Name & "'!{{MODULE}}.ClearStatusBar"
End Function

Private Function HexOf(ByVal text As String) As String
    ' Four digits for each sign: no name of a person's becomes part of a line.
    Dim place As Long
    HexOf = ""
    For place = 1 To Len(text)
        HexOf = HexOf & Right$("000" & Hex$(AscW(Mid$(text, place, 1)) And &HFFFF&), 4)
    Next place
End Function

#Else

Private Function RunOnWindows(ByVal pressed As String) As String
    ' Runs Python and waits; why nothing came of it, in words, or blank. Which workbook is in front stands in variables
    ' of this process: the line is the same for every workbook.
    Dim shell As Object
    Dim known As Object
    Dim python As String
    Dim code As Long
    Dim number As Long
    Dim words As String
    Set shell = CreateObject("WScript.Shell")
    python = Setting(shell, "{{INTERPRETER}}")
    RunOnWindows = WhyNot(shell, python)
    If RunOnWindows <> "" Then Exit Function
    ForgetLastWords shell
    Set known = shell.Environment("PROCESS")
    On Error GoTo NotStarted
    known.Item("{{PRESSED}}") = pressed
    known.Item("{{EXCEL_WINDOW}}") = CStr(Application.Hwnd)
    known.Item("{{EXCEL_BOOK}}") = ActiveWorkbook.Name
    known.Item("{{RIBBON}}") = PROGRAM_VERSION
    ' 1: windows of Python's are shown as any other's. True: waits for its end.
    code = shell.Run(Chr$(34) & python & Chr$(34) & " {{START}}", 1, True)
    Forget known
    RunOnWindows = WordsOfCode(shell, code)
    Exit Function
NotStarted:
    number = Err.Number
    words = Err.Description
    Forget known
    RunOnWindows = WordsOfStart(number, words, shell.ExpandEnvironmentStrings(python))
End Function

Private Sub Forget(ByVal known As Object)
    ' Whatever Excel starts later must not have them.
    On Error Resume Next
    known.Remove "{{PRESSED}}"
    known.Remove "{{EXCEL_WINDOW}}"
    known.Remove "{{EXCEL_BOOK}}"
    known.Remove "{{RIBBON}}"
End Sub

Private Function WhyNot(ByVal shell As Object, ByVal python As String) As String
    ' Why nothing may be run now, in words for a person; blank if all is well.
    Dim place As String
    Dim found As String
    WhyNot = ""
    If python = "" Then
        WhyNot = "Champion Workbook is not installed on this computer, only its ribbon is. " & HowToInstall()
        Exit Function
    End If
    place = shell.ExpandEnvironmentStrings(python)
    If InStr(python, Chr$(34)) > 0 Or Not CreateObject("Scripting.FileSystemObject").FileExists(place) Then
        WhyNot = "Champion Workbook was not found at " & place & ". It was moved or deleted. " & HowToInstall()
        Exit Function
    End If
    found = Setting(shell, "{{VERSION_SETTING}}")
    If found <> PROGRAM_VERSION Then
        If found = "" Then found = "unknown"
        WhyNot = "The ribbon is of version " & PROGRAM_VERSION & ", the program of version " & found & ". " & _
            HowToInstall()
    End If
End Function

Private Function Setting(ByVal shell As Object, ByVal name As String) As String
    ' A value of the person's own file of settings, one a line as "NAME","VALUE"; blank if there is none. No sheet and no
    ' folder of a workbook is asked.
    Dim files As Object
    Dim text As Object
    Dim place As String
    Dim start As String
    Dim found As String
    Setting = ""
    place = shell.ExpandEnvironmentStrings("{{SETTINGS}}")
    start = Chr$(34) & name & Chr$(34) & "," & Chr$(34)
    Set files = CreateObject("Scripting.FileSystemObject")
    If Not files.FileExists(place) Then Exit Function
    Set text = files.OpenTextFile(place, 1)
    Do While Not text.AtEndOfStream
        found = text.ReadLine
        If Left$(found, Len(start)) = start And Len(found) > Len(start) Then
            Setting = Mid$(found, Len(start) + 1, Len(found) - Len(start) - 1)
        End If
    Loop
    text.Close
End Function

Private Function WordsOfCode(ByVal shell As Object, ByVal code As Long) As String
    ' What Python's exit code says, in words; blank if all was done, or said by Python itself.
    WordsOfCode = ""
    If code = 0 Then Exit Function
    If code = 2 Then WordsOfCode = LastWords(shell)
    If WordsOfCode <> "" Then Exit Function
    If code = 2 Or code = 3 Then
        WordsOfCode = "That went wrong in a way that we did not foresee. Press again; if it happens again, press " & _
            "{{DOCTOR}} in the group {{HELP}}, or send us the log: " & LogPlace()
    Else
        WordsOfCode = "Python could not start the program (code " & code & "). In the start menu choose Champion " & _
            "Workbook, Repair."
    End If
End Function

Private Function WordsOfStart(ByVal number As Long, ByVal words As String, ByVal place As String) As String
    ' Why Windows did not start Python, in words.
    If number = 70 Then
        WordsOfStart = "A security rule of your organisation does not let Excel start programs. Ask whoever looks " & _
            "after your computer to allow " & place & " (Defender: Block all Office applications from creating " & _
            "child processes). Until then use LibreOffice."
    ElseIf number = 53 Or number = 76 Or number = FILE_NOT_FOUND Or number = PATH_NOT_FOUND Then
        WordsOfStart = "Champion Workbook was not found at " & place & ". It was moved or deleted. " & HowToInstall()
    Else
        WordsOfStart = WordsOfError(number, words)
    End If
End Function

Private Function LastWords(ByVal shell As Object) As String
    ' What Python could not say in Excel; read once.
    Dim text As Object
    LastWords = ""
    On Error GoTo NotThere
    Set text = CreateObject("Scripting.FileSystemObject").OpenTextFile(LastWordsPlace(shell), 1, False, -1)
    LastWords = text.ReadAll
    text.Close
NotThere:
    ForgetLastWords shell
End Function

Private Sub ForgetLastWords(ByVal shell As Object)
    On Error Resume Next
    CreateObject("Scripting.FileSystemObject").DeleteFile LastWordsPlace(shell)
End Sub

Private Function LastWordsPlace(ByVal shell As Object) As String
    LastWordsPlace = shell.ExpandEnvironmentStrings("{{LAST_WORDS}}")
End Function

#End If

Private Function WordsOfError(ByVal number As Long, ByVal words As String) As String
    ' An error of Excel's or Windows' own, in words.
#If Mac Then
    WordsOfError = "The program could not be started. " & HowToInstall() & vbNewLine & vbNewLine & "Excel said: " & words
#Else
    If number = 429 Then
        WordsOfError = "Windows Script Host is switched off on this computer, so that Excel can't start the program. " & _
            "Ask whoever looks after your computer to switch it on for you. Until then use LibreOffice."
        Exit Function
    End If
    WordsOfError = "That did not work: " & words & vbNewLine & vbNewLine & "Press {{DOCTOR}} in the group {{HELP}}, " & _
        "or send us the log: " & LogPlace()
#End If
End Function

Private Function HowToInstall() As String
#If Mac Then
    HowToInstall = "Close Excel and run the installation command again (see the guide), then open Excel."
#Else
    HowToInstall = "Close Excel and run the Champion Workbook installer again. Then open Excel."
#End If
End Function

Private Function LogPlace() As String
#If Mac Then
    LogPlace = "Library/Logs/champions/faults.log in your home folder"
#Else
    LogPlace = Environ("LOCALAPPDATA") & "\champions\Logs\faults.log"
#End If
End Function

Private Sub Tell(ByVal words As String)
    MsgBox words, vbExclamation, "Champions"
End Sub

Public Sub ClearStatusBar()
    ' What a press left there, and nothing of another program's.
    If CStr(Application.StatusBar) = AT_WORK Then Application.StatusBar = False
End Sub

' ---- What the ribbon shows -------------------------------------------------------------------------------------

Public Sub Refresh()
    ' Has Excel ask again what may be pressed and how many errors there are. Lost after an error in the macro editor.
    If atWork Then Exit Sub
    If Not loadedRibbon Is Nothing Then loadedRibbon.Invalidate
End Sub

Public Function ShowsCounts(ByVal sheetName As String) As Boolean
    ShowsCounts = sheetName = "{{CHECKS_SHEET}}" Or sheetName = "{{TRIGGERS_SHEET}}" Or sheetName = "{{SERVICES_SHEET}}"
End Function

Public Function CountsText() As String
    Dim book As Workbook
    Dim errorCount As Long
    Dim raisedCount As Long
    Set book = OurBook()
    If book Is Nothing Then
        CountsText = IIf(InProtectedView(), "Choose Enable Editing first", "No programme is open")
        Exit Function
    End If
    errorCount = CountOf(book, "{{CHECKS}}", "{{SEVERITY}}", "{{ERROR}}")
    raisedCount = CountOf(book, "{{TRIGGERS}}", "{{STATE}}", "{{RAISED}}")
    CountsText = errorCount & IIf(errorCount = 1, " error, ", " errors, ") & raisedCount & " raised"
End Function

Private Function InProtectedView() As Boolean
    ' A workbook from mail or the internet is none of Excel's open ones until the person enables editing.
    InProtectedView = False
#If Not Mac Then
    On Error GoTo NotThere
    InProtectedView = Application.ProtectedViewWindows.Count > 0
NotThere:
#End If
End Function

Private Function OurBook() As Workbook
    ' The active workbook if it holds one of our tables, else Nothing.
    Dim sheet As Worksheet
    Dim table As ListObject
    Set OurBook = Nothing
    On Error GoTo NotOurs
    If ActiveWorkbook Is Nothing Then Exit Function
    For Each sheet In ActiveWorkbook.Worksheets
        For Each table In sheet.ListObjects
            If InStr(1, OUR_TABLES, "|" & table.Name & "|", vbTextCompare) > 0 Then
                Set OurBook = ActiveWorkbook
                Exit Function
            End If
        Next table
    Next sheet
NotOurs:
End Function

Private Function TableOf(ByVal book As Workbook, ByVal tableName As String) As ListObject
    Dim sheet As Worksheet
    Dim table As ListObject
    Set TableOf = Nothing
    For Each sheet In book.Worksheets
        For Each table In sheet.ListObjects
            If StrComp(table.Name, tableName, vbTextCompare) = 0 Then
                Set TableOf = table
                Exit Function
            End If
        Next table
    Next sheet
End Function

Private Function CountOf(ByVal book As Workbook, ByVal tableName As String, ByVal header As String, _
                         ByVal value As String) As Long
    ' How many rows of a table hold a value in a column; 0 where there is no such table, column or row.
    Dim table As ListObject
    CountOf = 0
    On Error GoTo NotThere
    Set table = TableOf(book, tableName)
    If table Is Nothing Then Exit Function
    If table.DataBodyRange Is Nothing Then Exit Function
    CountOf = Application.WorksheetFunction.CountIf(table.ListColumns(header).DataBodyRange, value)
NotThere:
End Function

Private Function ServiceCount() As Long
    Dim book As Workbook
    Dim table As ListObject
    Dim row As Long
    ServiceCount = 0
    On Error GoTo NotThere
    Set book = OurBook()
    If book Is Nothing Then Exit Function
    Set table = TableOf(book, "{{SERVICES}}")
    If table Is Nothing Then Exit Function
    For row = 1 To table.ListRows.Count
        If IsPlain(CellText(table, row, "{{SERVICE_CODE}}")) Then ServiceCount = ServiceCount + 1
    Next row
NotThere:
End Function

Private Function ServiceField(ByVal position As Long, ByVal header As String) As String
    ' A cell of the service that stands at a position of the menu; blank if there is none any more.
    Dim book As Workbook
    Dim table As ListObject
    Dim row As Long
    Dim found As Long
    ServiceField = ""
    On Error GoTo NotThere
    Set book = OurBook()
    If book Is Nothing Then Exit Function
    Set table = TableOf(book, "{{SERVICES}}")
    If table Is Nothing Then Exit Function
    For row = 1 To table.ListRows.Count
        If IsPlain(CellText(table, row, "{{SERVICE_CODE}}")) Then
            found = found + 1
            If found = position Then
                ServiceField = CellText(table, row, header)
                Exit Function
            End If
        End If
    Next row
NotThere:
End Function

Private Function CellText(ByVal table As ListObject, ByVal row As Long, ByVal header As String) As String
    CellText = Trim$(CStr(table.ListColumns(header).DataBodyRange.Cells(row, 1).Value))
End Function

Private Function IsPlain(ByVal code As String) As Boolean
    ' Letters and digits alone: what the program takes for a code.
    Dim place As Long
    Dim letter As String
    IsPlain = Len(code) > 0 And Len(code) <= 20
    For place = 1 To Len(code)
        letter = UCase$(Mid$(code, place, 1))
        If Not ((letter >= "A" And letter <= "Z") Or (letter >= "0" And letter <= "9")) Then IsPlain = False
    Next place
End Function
