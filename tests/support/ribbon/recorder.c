/* A stand-in for our pythonw.exe: notes its command line and the variables that the line's parent gave it, as UTF-16.
   Fields end with U+0001, records with a line feed. With NAMES set it notes N0 to N<NAMES-1> instead. Ends with 7. */
#include <stdio.h>
#include <windows.h>

static void put(HANDLE file, const wchar_t *text) {
    DWORD done;
    WriteFile(file, text, (DWORD)(wcslen(text) * 2), &done, 0);
}

static wchar_t value[33000];

static void put_variable(HANDLE file, const wchar_t *name) {
    if (!GetEnvironmentVariableW(name, value, 33000)) value[0] = 0;
    put(file, value);
    put(file, L"\x01");
}

int WINAPI wWinMain(HINSTANCE own, HINSTANCE before, wchar_t *rest, int shown) {
    wchar_t place[1024], name[32];
    if (!GetEnvironmentVariableW(L"RECORD", place, 1024)) return 9;
    HANDLE file = CreateFileW(place, FILE_APPEND_DATA, FILE_SHARE_READ | FILE_SHARE_WRITE, 0, OPEN_ALWAYS, 0, 0);
    if (file == INVALID_HANDLE_VALUE) return 8;
    put(file, GetCommandLineW());
    put(file, L"\x01");
    if (GetEnvironmentVariableW(L"NAMES", name, 32)) {
        int count = _wtoi(name);
        for (int n = 0; n < count; n++) {
            _snwprintf(name, 32, L"N%d", n);
            put_variable(file, name);
        }
    } else {
        put_variable(file, L"CHAMPIONS_PRESSED");
        put_variable(file, L"CHAMPIONS_EXCEL_WINDOW");
        put_variable(file, L"CHAMPIONS_EXCEL_BOOK");
    }
    put(file, L"\n");
    CloseHandle(file);
    return 7;
}
