/* Plays what Champions.bas does at a press, for each name of a file (UTF-16, one a line): excel.exe NAMES LINE HOW
   HOW run: variables set, then Windows Script Host's Run of the line, waiting; pack: 200 names at once, CreateProcessW.
   wine's Script Host reads variables of the process and can't set them, so they are set from here. */
#define COBJMACROS
#include <stdio.h>
#include <windows.h>
#include <oleauto.h>

#define PACK 200
static IDispatch *shell;

static int run(const wchar_t *line) {
    static DISPID id;
    LPOLESTR name = L"Run";
    VARIANT given[3], ended;
    DISPPARAMS all = {given, 0, 3, 0};
    if (!id && FAILED(IDispatch_GetIDsOfNames(shell, &IID_NULL, &name, 1, LOCALE_USER_DEFAULT, &id))) return -2;
    VariantInit(&ended);
    V_VT(given) = VT_BOOL;
    V_BOOL(given) = VARIANT_TRUE;
    V_VT(given + 1) = VT_I4;
    V_I4(given + 1) = 1;
    V_VT(given + 2) = VT_BSTR;
    V_BSTR(given + 2) = SysAllocString(line);
    HRESULT done =
        IDispatch_Invoke(shell, id, &IID_NULL, LOCALE_USER_DEFAULT, DISPATCH_METHOD, &all, &ended, 0, 0);
    SysFreeString(V_BSTR(given + 2));
    return FAILED(done) ? -3 : V_I4(&ended);
}

static int create(const wchar_t *line) {
    wchar_t own[2000];
    STARTUPINFOW start = {sizeof start};
    PROCESS_INFORMATION made;
    DWORD code;
    ExpandEnvironmentStringsW(line, own, 2000);
    if (!CreateProcessW(0, own, 0, 0, 0, 0, 0, 0, &start, &made)) return -1;
    WaitForSingleObject(made.hProcess, INFINITE);
    GetExitCodeProcess(made.hProcess, &code);
    CloseHandle(made.hProcess);
    CloseHandle(made.hThread);
    return (int)code;
}

int wmain(int count, wchar_t **words) {
    int bad = 0, packed = 0, pack = count > 3 && !wcscmp(words[3], L"pack");
    wchar_t variable[32];
    CLSID kind;
    CoInitialize(0);
    if (FAILED(CLSIDFromProgID(L"WScript.Shell", &kind)) ||
        FAILED(CoCreateInstance(&kind, 0, CLSCTX_INPROC_SERVER, &IID_IDispatch, (void **)&shell)))
        return 90;
    FILE *file = _wfopen(words[1], L"rb");
    if (!file) return 91;
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    wchar_t *text = malloc(size + 2);
    fseek(file, 0, SEEK_SET);
    if (fread(text, 1, size, file) != (size_t)size) return 92;
    text[size / 2] = 0;
    for (wchar_t *name = text; *name;) {
        wchar_t *end = wcschr(name, L'\n');
        if (end) *end = 0;
        if (pack) {
            _snwprintf(variable, 32, L"N%d", packed++);
            SetEnvironmentVariableW(variable, name);
        } else {
            SetEnvironmentVariableW(L"CHAMPIONS_PRESSED", L"check:OAK");
            SetEnvironmentVariableW(L"CHAMPIONS_EXCEL_WINDOW", L"4711");
            SetEnvironmentVariableW(L"CHAMPIONS_EXCEL_BOOK", name);
            bad += run(words[2]) != 7;
        }
        name = end ? end + 1 : L"";
        if (pack && (packed == PACK || !*name)) {
            _snwprintf(variable, 32, L"%d", packed);
            SetEnvironmentVariableW(L"NAMES", variable);
            bad += create(words[2]) != 7;
            packed = 0;
        }
    }
    return bad ? 93 : 0;
}
