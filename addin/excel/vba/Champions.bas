Attribute VB_Name = "Champions"
Option Explicit
' Champion Workbook {{VERSION}}: what the buttons of the ribbon do.
' Made by "champions addin build" from the program's own commands; change those, not this.

Private Const PROGRAM_VERSION As String = "{{VERSION}}"
Private Const OUR_TABLES As String = "{{TABLES}}"
Private Const MOST_SERVICES As Long = {{MOST_SERVICES}}

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
    ' xlwings asks for the active workbook, whatever is to be done.
    If ActiveWorkbook Is Nothing Then Application.Workbooks.Add
    reason = WhyNot()
    If reason <> "" Then
        Tell reason
        Exit Sub
    End If
    atWork = True
    Application.StatusBar = "Champions is at work. Excel answers again when it is done."
    RunPython {{COMMAND}}
    atWork = False
#If Not Mac Then
    ' On a Mac Python goes on by itself; xlwings clears the status bar when it is done.
    Application.StatusBar = False
#End If
    Refresh
    Exit Sub
Failed:
    reason = Err.Description
    atWork = False
    Application.StatusBar = False
    Tell "That did not work: " & reason & vbNewLine & vbNewLine & "Press {{DOCTOR}} in the group {{HELP}}, or send us " & _
        "the log: " & LogPlace()
End Sub

Private Function WhyNot() As String
    ' Why nothing may be run now, in words for a person; blank if all is well.
    Dim sheet As Object
    Dim interpreter As String
    ' A workbook or the folder it lies in must not say which program is run.
    For Each sheet In ActiveWorkbook.Sheets
        If LCase$(sheet.Name) = LCase$(PROJECT_NAME & ".conf") Or LCase$(Right$(sheet.Name, 3)) = ".py" Then
            WhyNot = "The sheet '" & sheet.Name & "' could have Excel run a program of somebody else's. " & _
                "Give it another name or delete it, then press again."
            Exit Function
        End If
    Next sheet
    If Not NameCanBeHandedOver() Then
        WhyNot = "The name of the workbook or of a folder above it holds a character such as = | $ ` or a quotation " & _
            "mark, with which it can't be handed to the program. Save it under a plainer name, then press again."
        Exit Function
    End If
    If FileExists(GetDirectoryConfigFilePath()) Then
        WhyNot = "The file " & GetDirectoryConfigFilePath() & " could have Excel run a program of somebody else's. " & _
            "Delete it, then press again."
        Exit Function
    End If
#If Mac Then
    interpreter = GetConfig("INTERPRETER_MAC", "")
#Else
    interpreter = GetConfig("INTERPRETER_WIN", "")
#End If
    If interpreter = "" Then
        WhyNot = "Champion Workbook is not installed on this computer, only its ribbon is. " & HowToInstall()
        Exit Function
    End If
#If Not Mac Then
    If Not FileExists(interpreter) Then
        WhyNot = "Champion Workbook was not found at " & interpreter & ". It was moved or deleted. " & HowToInstall()
        Exit Function
    End If
#End If
    If GetConfig("CHAMPIONS_VERSION", "") <> PROGRAM_VERSION Then
        WhyNot = "The ribbon is of version " & PROGRAM_VERSION & ", the program of version " & _
            GetConfig("CHAMPIONS_VERSION", "unknown") & ". " & HowToInstall()
    End If
End Function

Private Function NameCanBeHandedOver() As Boolean
    ' xlwings puts the name onto a command line, and takes it apart at = (and on a Mac at |).
    NameCanBeHandedOver = InStr(ActiveWorkbook.Name, "=") = 0
#If Mac Then
    ' There the shell would run what stands between such characters.
    Dim place As Long
    For place = 1 To Len(ActiveWorkbook.FullName)
        If InStr("|$`\" & Chr$(34), Mid$(ActiveWorkbook.FullName, place, 1)) > 0 Then NameCanBeHandedOver = False
    Next place
#End If
End Function

Private Function HowToInstall() As String
#If Mac Then
    HowToInstall = "Close Excel and run the installation command again (see the guide), then open Excel."
#Else
    HowToInstall = "Close Excel and run the Champion Workbook installer again, or in a terminal: " & _
        "champions addin install. Then open Excel."
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
        CountsText = "No programme is open"
        Exit Function
    End If
    errorCount = CountOf(book, "{{CHECKS}}", "{{SEVERITY}}", "{{ERROR}}")
    raisedCount = CountOf(book, "{{TRIGGERS}}", "{{STATE}}", "{{RAISED}}")
    CountsText = errorCount & IIf(errorCount = 1, " error, ", " errors, ") & raisedCount & " raised"
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
    ' A code goes onto a command line: letters and digits alone.
    Dim place As Long
    Dim letter As String
    IsPlain = Len(code) > 0 And Len(code) <= 20
    For place = 1 To Len(code)
        letter = UCase$(Mid$(code, place, 1))
        If Not ((letter >= "A" And letter <= "Z") Or (letter >= "0" And letter <= "9")) Then IsPlain = False
    Next place
End Function
