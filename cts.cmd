@echo off
rem Windows' counterpart of `cts`. Not yet run on Windows.
rem Makes the project's Python environment from requirements.lock, then hands everything to `python -m winsock_cts`.
rem CMake, Ninja and Visual Studio's C++ tools come from Visual Studio's installer: nothing is installed here but Python packages.
setlocal
set "root=%~dp0"
if "%root:~-1%"=="\" set "root=%root:~0,-1%"
set "venv=%root%\.venv"
set "python=%venv%\Scripts\python.exe"
if not exist "%venv%\stamp" goto make
fc /b "%root%\requirements.lock" "%venv%\stamp" >nul 2>&1 || goto make
goto run

:make
where py >nul 2>&1 || (
    echo cts: no Python launcher py here; install Python 3.11 or newer, with its launcher, then start again 1>&2
    exit /b 2
)
echo cts: makes the project's Python environment in "%venv%" from requirements.lock 1>&2
py -3 -m venv --clear "%venv%" || goto failed
"%python%" -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r "%root%\requirements.lock" || goto failed
(
    echo %root%\runners
    echo %root%\reports
) > "%venv%\Lib\site-packages\winsock_cts.pth"
copy /y "%root%\requirements.lock" "%venv%\stamp" >nul || goto failed

:run
"%python%" -m winsock_cts %*
exit /b %errorlevel%

:failed
echo cts: could not make "%venv%"; see above, then start again 1>&2
exit /b 2
