; SellerKey-Setup.exe: for one person, without an administrator, in three languages.
; scripts/package-windows calls makensis with VERSION, NUMBERS (four of them, of the version),
; STAGE (a folder with what is installed, the words and the pictures) and OUT, and with SIGN when
; there is a certificate.
;
;   SellerKey-Setup.exe /S [/PATH] [/D=C:\folder]     installs without a question; /PATH puts the
;                                                     folder with sellerkey-cli on the person's PATH
;   Uninstall.exe /S                          removes the program and keeps the saved accounts
;   Uninstall.exe /S /FORGET                  removes them, too
;
; Both end with exit code 1 and have changed nothing when SellerKey is open.

Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
SetDateSave off
ManifestDPIAware true
ManifestSupportedOS Win10
RequestExecutionLevel user
BrandingText "SellerKey ${VERSION}"

!include MUI2.nsh
!include nsDialogs.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WinVer.nsh

!define PROGRAM "$INSTDIR\sellerkey.exe"
!define CLI "$INSTDIR\sellerkey-cli.exe"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\SellerKey"
!define FILETYPE "SellerKey.SetupFile"
!define SCHEME "Software\Classes\sellerkey"
; What follows "--" is no flag, whatever a web page puts into its link.
!define OPENLINK '"${PROGRAM}" -- "%1"'
!define WEBSITE "https://github.com/sellerkey/sellerkey"

Name "SellerKey"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\SellerKey"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"

!ifdef SIGN
	!finalize '${SIGN} "%1"' = 0
	!uninstfinalize '${SIGN} "%1"' = 0
!endif

!define MUI_ICON "${STAGE}\setup.ico"
!define MUI_UNICON "${STAGE}\setup.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${STAGE}\side.bmp"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "${PROGRAM}"
!define MUI_FINISHPAGE_NOAUTOCLOSE
; The second check box of that page, which asks about the PATH here.
!define MUI_FINISHPAGE_SHOWREADME ""
!define MUI_FINISHPAGE_SHOWREADME_NOTCHECKED
!define MUI_FINISHPAGE_SHOWREADME_TEXT "$(path)"
!define MUI_FINISHPAGE_SHOWREADME_FUNCTION AddToPath

; NSIS's own text asks to close all other programs, which nobody has to.
!define MUI_WELCOMEPAGE_TEXT "$(welcome)"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
UninstPage custom un.AskAboutAccounts un.NoteAboutAccounts
!insertmacro MUI_UNPAGE_INSTFILES

; The first one is what everybody gets who reads none of them. Windows' own language decides; there
; is no question.
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Japanese"
!insertmacro MUI_LANGUAGE "PortugueseBR"
!include "${STAGE}\words.nsh"

VIProductVersion "${NUMBERS}"
VIFileVersion "${NUMBERS}"
!macro Describe language
	VIAddVersionKey /LANG=${language} "ProductName" "SellerKey"
	VIAddVersionKey /LANG=${language} "ProductVersion" "${VERSION}"
	VIAddVersionKey /LANG=${language} "FileVersion" "${VERSION}"
	VIAddVersionKey /LANG=${language} "FileDescription" "SellerKey Setup"
	VIAddVersionKey /LANG=${language} "CompanyName" "The SellerKey authors"
	VIAddVersionKey /LANG=${language} "LegalCopyright" "MIT"
!macroend
!insertmacro Describe ${LANG_ENGLISH}
!insertmacro Describe ${LANG_JAPANESE}
!insertmacro Describe ${LANG_PORTUGUESEBR}

; Windows lets nobody write to a program that runs: trying to is a way to see one that works
; whoever started it. A virus scanner may have it open for a moment.
!macro NotWhileOpen un
Function ${un}NotWhileOpen
	StrCpy $2 "${PROGRAM}"
	Call ${un}NotWhileRunning
	StrCpy $2 "${CLI}"
	Call ${un}NotWhileRunning
FunctionEnd

; The program is in $2.
Function ${un}NotWhileRunning
	StrCpy $1 0
	again:
	${IfNot} ${FileExists} "$2"
		Return
	${EndIf}
	ClearErrors
	FileOpen $0 "$2" a
	${IfNot} ${Errors}
		FileClose $0
		Return
	${EndIf}
	IntOp $1 $1 + 1
	${If} $1 < 6
		Sleep 250
		Goto again
	${EndIf}
	MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(running)" /SD IDCANCEL IDRETRY again
	SetErrorLevel 1
	Quit
FunctionEnd
!macroend
!insertmacro NotWhileOpen ""
!insertmacro NotWhileOpen "un."

Function .onInit
	${IfNot} ${AtLeastWin10}
		MessageBox MB_OK|MB_ICONSTOP "$(old_windows)" /SD IDOK
		SetErrorLevel 1
		Quit
	${EndIf}
FunctionEnd

Section "SellerKey"
	Call NotWhileOpen
	SetOutPath "$INSTDIR"
	File "${STAGE}\files\*.*"
	WriteUninstaller "$INSTDIR\Uninstall.exe"
	CreateShortcut "$SMPROGRAMS\SellerKey.lnk" "${PROGRAM}"

	WriteRegStr HKCU "Software\Classes\.sellerkey" "" "${FILETYPE}"
	WriteRegStr HKCU "Software\Classes\.sellerkey" "Content Type" "application/x-sellerkey-setup"
	WriteRegStr HKCU "Software\Classes\.sellerkey\OpenWithProgids" "${FILETYPE}" ""
	WriteRegStr HKCU "Software\Classes\${FILETYPE}" "" "$(file_type)"
	WriteRegStr HKCU "Software\Classes\${FILETYPE}\DefaultIcon" "" "${PROGRAM},1"
	WriteRegStr HKCU "Software\Classes\${FILETYPE}\shell\open\command" "" '"${PROGRAM}" "%1"'
	; Links of return pages. internal/native writes the same for the portable zip.
	WriteRegStr HKCU "${SCHEME}" "" "URL:SellerKey"
	WriteRegStr HKCU "${SCHEME}" "URL Protocol" ""
	WriteRegStr HKCU "${SCHEME}\DefaultIcon" "" "${PROGRAM},0"
	WriteRegStr HKCU "${SCHEME}\shell\open\command" "" '${OPENLINK}'
	Call TellExplorer

	WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "SellerKey"
	WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
	WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "${PROGRAM}"
	WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The SellerKey authors"
	WriteRegStr HKCU "${UNINSTALL}" "URLInfoAbout" "${WEBSITE}"
	WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
	WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\Uninstall.exe"'
	WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\Uninstall.exe" /S'
	WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
	WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
	${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
	WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0

	${GetParameters} $0
	ClearErrors
	${GetOptions} $0 "/PATH" $1
	${IfNot} ${Errors}
		Call AddToPath
	${EndIf}
SectionEnd

; Not in the words of NSIS: they cut off a PATH of more than 1,024 characters.
Function AddToPath
	nsExec::Exec '"${CLI}" path'
	Pop $0
FunctionEnd

!macro TellExplorer un
Function ${un}TellExplorer
	; SHCNE_ASSOCCHANGED: otherwise the icons of the files change at the next start of Windows.
	System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
FunctionEnd
!macroend
!insertmacro TellExplorer ""
!insertmacro TellExplorer "un."

; What is to happen to the saved accounts: 1 for removing them. Keeping is what happens when nobody
; was asked.
Var forget
Var forgetButton

Function un.onInit
	StrCpy $forget 0
	${GetParameters} $0
	ClearErrors
	${GetOptions} $0 "/FORGET" $1
	${IfNot} ${Errors}
		StrCpy $forget 1
	${EndIf}
FunctionEnd

Function un.AskAboutAccounts
	!insertmacro MUI_HEADER_TEXT "$(leave_title)" "$(leave_text)"
	nsDialogs::Create 1018
	Pop $0
	${NSD_CreateFirstRadioButton} 0 4u 100% 12u "$(keep)"
	Pop $1
	${NSD_CreateLabel} 12u 17u -12u 20u "$(keep_text)"
	Pop $0
	${NSD_CreateAdditionalRadioButton} 0 44u 100% 12u "$(forget)"
	Pop $forgetButton
	${NSD_CreateLabel} 12u 57u -12u 40u "$(forget_text)"
	Pop $0
	${If} $forget = 1
		${NSD_Check} $forgetButton
	${Else}
		${NSD_Check} $1
	${EndIf}
	GetDlgItem $0 $HWNDPARENT 1
	SendMessage $0 ${WM_SETTEXT} 0 "STR:$(remove)"
	nsDialogs::Show
FunctionEnd

Function un.NoteAboutAccounts
	${NSD_GetState} $forgetButton $forget
FunctionEnd

Section "Uninstall"
	Call un.NotWhileOpen
	${If} $forget = 1
		; The program knows best what it has put where. It refuses, with exit code 3, while another
		; copy of it is open.
		erase:
		nsExec::Exec '"${PROGRAM}" --forget-everything'
		Pop $0
		${If} $0 != 0
			MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(forget_failed)" /SD IDCANCEL IDRETRY erase
			SetErrorLevel 1
			Quit
		${EndIf}
	${EndIf}

	nsExec::Exec '"${CLI}" path --remove'
	Pop $0
	Delete "$SMPROGRAMS\SellerKey.lnk"
	ReadRegStr $0 HKCU "Software\Classes\.sellerkey" ""
	${If} $0 == "${FILETYPE}"
		DeleteRegKey HKCU "Software\Classes\.sellerkey"
	${EndIf}
	DeleteRegKey HKCU "Software\Classes\${FILETYPE}"
	ReadRegStr $0 HKCU "${SCHEME}\shell\open\command" ""
	${If} $0 == '${OPENLINK}' ; another copy may have taken them over
		DeleteRegKey HKCU "${SCHEME}"
	${EndIf}
	Call un.TellExplorer
	DeleteRegKey HKCU "${UNINSTALL}"

	; One by one: what else somebody has put into the folder is not ours.
	!include "${STAGE}\delete.nsh"
	Delete "$INSTDIR\Uninstall.exe"
	SetOutPath "$TEMP"
	RMDir "$INSTDIR"
	RMDir "$LOCALAPPDATA\Programs" ; if it was made for SellerKey
SectionEnd
