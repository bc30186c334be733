; Per-user set-up of Liaison Desk: no administrator is asked for, the data of a person stay when it is removed.
; Built by build.ps1, which gives Version. Not tried on Windows yet.
[Setup]
AppId={{6B0D6C0A-6E0B-4B52-9B39-6D1D7A5D9F41}
AppName=联络员工作台
AppVersion={#Version}
AppVerName=联络员工作台 {#Version}
DefaultDirName={localappdata}\Programs\LiaisonDesk
DefaultGroupName=联络员工作台
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
OutputBaseFilename=liaison-desk-{#Version}-setup
SetupIconFile=..\..\build\liaison-desk.ico
UninstallDisplayIcon={app}\liaison-desk.exe
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
CloseApplications=yes
ChangesAssociations=yes

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
; Inno Setup ships no Simplified Chinese; put ChineseSimplified.isl of its translations page beside this file to have it.
#if FileExists(AddBackslash(SourcePath) + "ChineseSimplified.isl")
Name: "zh"; MessagesFile: "ChineseSimplified.isl"
#endif

[Files]
Source: "..\..\build\bundle\liaison-desk\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[InstallDelete]
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{group}\联络员工作台"; Filename: "{app}\liaison-desk.exe"
Name: "{userdesktop}\联络员工作台"; Filename: "{app}\liaison-desk.exe"; Tasks: desktopicon

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"

[Registry]
Root: HKCU; Subkey: "Software\Classes\.ldp"; ValueType: string; ValueData: "LiaisonDesk.Package"; Flags: uninsdeletevalue
Root: HKCU; Subkey: "Software\Classes\LiaisonDesk.Package"; ValueType: string; ValueData: "联络员工作台同步包"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\LiaisonDesk.Package\shell\open\command"; ValueType: string; ValueData: """{app}\liaison-desk.exe"" ""%1"""
Root: HKCU; Subkey: "Software\Classes\Applications\liaison-desk.exe\SupportedTypes"; ValueType: string; ValueName: ".pdf"; ValueData: ""; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\Applications\liaison-desk.exe\shell\open\command"; ValueType: string; ValueData: """{app}\liaison-desk.exe"" ""%1"""

[Run]
Filename: "{app}\liaison-desk.exe"; Description: "{cm:LaunchProgram,联络员工作台}"; Flags: nowait postinstall skipifsilent
