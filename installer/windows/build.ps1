# Builds the per-user set-up on a Windows machine, in one command:
#   powershell -ExecutionPolicy Bypass -File installer\windows\build.ps1
# Needs Python 3.11+ (py launcher) and Inno Setup 6 (iscc.exe on the PATH or in its usual place). Not tried on Windows yet.
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..\..")
if (-not (Test-Path "build\windows-venv")) { py -3 -m venv build\windows-venv }
$python = "build\windows-venv\Scripts\python.exe"
& $python -m pip install --quiet --require-hashes -r requirements.lock
& $python -m pip install --quiet "pyinstaller>=6.22,<7"
& $python -m pip install --quiet --no-deps --no-build-isolation .
& $python installer\windows\icon.py build\liaison-desk.ico
& $python -m PyInstaller --noconfirm --log-level WARN --distpath build\bundle --workpath build\work installer\liaison-desk.spec
$iscc = (Get-Command iscc.exe -ErrorAction SilentlyContinue).Source
if (-not $iscc) { $iscc = "${env:ProgramFiles(x86)}\Inno Setup 6\ISCC.exe" }
if (-not (Test-Path $iscc)) { throw "Inno Setup 6 is missing: install it, then run this again. The frozen program is in build\bundle\liaison-desk." }
$version = (Select-String -Path pyproject.toml -Pattern '^version = "(.+)"').Matches[0].Groups[1].Value
& $iscc "/DVersion=$version" /O"dist" installer\windows\liaison-desk.iss
