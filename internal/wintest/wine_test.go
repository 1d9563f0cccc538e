//go:build window && linux

package wintest

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Where the installer notes what Windows has to know.
const (
	uninstallKey   = `HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\SellerKey`
	fileTypeKey    = `HKCU\Software\Classes\SellerKey.SetupFile`
	extensionKey   = `HKCU\Software\Classes\.sellerkey`
	schemeKey      = `HKCU\Software\Classes\sellerkey`
	environmentKey = `HKCU\Environment`
	vaultKey       = `HKCU\Software\Wine\Credential Manager` // where Wine keeps its Credential Manager
)

// TestWindows is the life of SellerKey on a Windows that speaks Japanese, from
// the installer to the uninstaller, in the order in which it happens.
func TestWindows(t *testing.T) {
	dir := needWine(t)
	const lang = "ja"
	r := Start(t, Options{Lang: lang, Out: filepath.Join(root(t), "out", "windows")})
	s := &windowsStory{t: t, r: r, w: r.StartWine(), dir: dir, lang: lang, words: wordsOf(t, lang)}
	s.installed = filepath.Join(s.w.User, "AppData", "Local", "Programs", "SellerKey")

	s.oldWindowsIsRefused()
	s.install("setup.exe", s.file("version"))
	s.onThePath()
	s.isHeard()
	t.Log("the practice walk, by keyboard")
	s.w.Program = filepath.Join(s.installed, "sellerkey.exe")
	walkThrough(t, r, lang)
	s.withoutOpenGL()
	s.setupFiles()
	s.links()

	s.upgrade()
	s.look()
	s.uninstallAndKeep()
	s.uninstallAndForget()
	s.headless()
}

// windowsStory is what the chapters of [TestWindows] share.
type windowsStory struct {
	t     *testing.T
	r     *Rig
	w     *Wine
	words words
	lang  string
	// dir holds what was prepared, installed is where the program goes.
	dir, installed string
}

func (s *windowsStory) file(name string) string {
	s.t.Helper()
	data, err := os.ReadFile(filepath.Join(s.dir, name))
	if err != nil {
		s.t.Fatal(err)
	}
	return strings.TrimSpace(string(data))
}

func (s *windowsStory) setup(name string, flags ...string) (code int) {
	s.t.Helper()
	_, code = s.w.Run(filepath.Join(s.dir, name), append([]string{"/S"}, flags...)...)
	return code
}

func (s *windowsStory) is(what, got, want string) {
	s.t.Helper()
	if got != want {
		s.t.Errorf("%s: %q, not %q", what, got, want)
	}
}

func (s *windowsStory) oldWindowsIsRefused() {
	s.t.Helper()
	s.t.Log("Windows 7: refused")
	s.w.SetValue(`HKCU\Software\Wine`, "Version", "win7")
	if code := s.setup("setup.exe"); code != 1 {
		s.t.Errorf("on Windows 7 the installer ends with code %d", code)
	}
	if found := s.w.Named("sellerkey"); len(found) > 0 {
		s.t.Errorf("on Windows 7 it leaves %q", found)
	}
	s.w.SetValue(`HKCU\Software\Wine`, "Version", "win10")
}

// install runs an installer silently and looks at what it has done.
func (s *windowsStory) install(name, version string) {
	s.t.Helper()
	s.t.Log("install ", version)
	if code := s.setup(name); code != 0 {
		s.t.Fatalf("the installer ended with code %d", code)
	}
	program := filepath.Join(s.installed, "sellerkey.exe")
	for _, file := range []string{"sellerkey.exe", "sellerkey-cli.exe", "Uninstall.exe", "LICENSE.txt", "LICENSES.txt"} {
		if info, err := os.Stat(filepath.Join(s.installed, file)); err != nil || info.Size() == 0 {
			s.t.Errorf("not installed: %s, %v", file, err)
		}
	}
	if found := strings.Join(s.w.Named("sellerkey.lnk"), " "); !strings.HasSuffix(found, "Start Menu/Programs/SellerKey.lnk") {
		s.t.Errorf("no entry in the Start menu: %q", found)
	}
	there := s.w.There(program)
	s.is("name in Settings", s.w.Value(uninstallKey, "DisplayName"), "SellerKey")
	s.is("version in Settings", s.w.Value(uninstallKey, "DisplayVersion"), version)
	s.is("publisher in Settings", s.w.Value(uninstallKey, "Publisher"), "The SellerKey authors")
	s.is("uninstaller in Settings", s.w.Value(uninstallKey, "UninstallString"), `"`+s.w.There(filepath.Join(s.installed, "Uninstall.exe"))+`"`)
	if size := s.w.Value(uninstallKey, "EstimatedSize"); len(size) < len("0x1000") {
		s.t.Errorf("size in Settings: %q", size)
	}
	s.is("type of setup files", s.w.Value(extensionKey, ""), "SellerKey.SetupFile")
	s.is("program for setup files", s.w.Value(fileTypeKey+`\shell\open\command`, ""), `"`+there+`" "%1"`)
	s.is("program for links", s.w.Value(schemeKey+`\shell\open\command`, ""), `"`+there+`" -- "%1"`)
	if links := s.w.Registry(schemeKey); !strings.Contains(links, "URL Protocol") {
		s.t.Errorf("links are opened by nothing: %q", links)
	}
	s.is("icon of setup files", s.w.Value(fileTypeKey+`\DefaultIcon`, ""), there+",1")
	if said, code := s.w.Run(filepath.Join(s.installed, "sellerkey-cli.exe"), "version"); code != 0 || !strings.HasPrefix(said, "sellerkey-cli "+version+" (") {
		s.t.Errorf("sellerkey-cli version: %d, %q", code, said)
	}
	if said, code := s.w.Run(program, "--version"); code != 0 || !strings.HasPrefix(said, "SellerKey "+version+" (") {
		s.t.Errorf("--version: %d, %q", code, said)
	}
}

// onThePath: the folder is on the PATH for those who want it, and for nobody else.
func (s *windowsStory) onThePath() {
	s.t.Helper()
	s.t.Log("sellerkey-cli on the PATH")
	s.is("PATH without a question", s.w.Value(environmentKey, "Path"), "")
	s.w.SetValue(environmentKey, "Path", `C:\tools`)
	for range 2 {
		if code := s.setup("setup.exe", "/PATH"); code != 0 {
			s.t.Fatalf("the installer ended with code %d", code)
		}
		s.is("PATH", s.w.Value(environmentKey, "Path"), `C:\tools;`+s.w.There(s.installed))
	}
}

// isHeard: a program without a console is heard all the same.
func (s *windowsStory) isHeard() {
	s.t.Helper()
	s.t.Log("flags that make no sense")
	program := filepath.Join(s.installed, "sellerkey.exe")
	if said, code := s.w.Run(program, "--lang", "fr"); code != 2 || !strings.HasPrefix(said, "sellerkey: ") {
		s.t.Errorf("in a pipe: %d, %q", code, said)
	}
	a := s.w.launchUnheard(program, "--lang", "fr")
	box := s.r.Adopt("SellerKey")
	box.Shot("flag-refused")
	box.Dismiss()
	if code := a.WaitExit(); code != 2 {
		s.t.Errorf("with a box: %d", code)
	}
}

// withoutOpenGL: a driver that is too old, as the one that Windows brings along.
func (s *windowsStory) withoutOpenGL() {
	s.t.Helper()
	s.t.Log("without OpenGL")
	program := filepath.Join(s.installed, "sellerkey.exe")
	for _, lang := range []string{"ja", "en", "pt-BR"} {
		a := s.w.launch([]string{"MESA_GL_VERSION_OVERRIDE=1.4"}, program, "--lang", lang)
		a.WaitTitle(wordsOf(s.t, lang).T(s.t, "startup.opengl_title"))
		a.Shot("no-opengl-" + lang)
		if code := a.Dismiss(); code != 1 {
			s.t.Errorf("the program ended with code %d", code)
		}
		if !strings.Contains(a.Log(), "found: 1.4") {
			s.t.Errorf("the program printed %q", a.Log())
		}
	}
}

// setupFiles: a double-click opens a window, and the next one is handed to it.
func (s *windowsStory) setupFiles() {
	s.t.Helper()
	s.t.Log("open setup files by double-click")
	folder := filepath.Join(s.w.User, "Desktop", "山田 太郎")
	var files []string
	for from, to := range map[string]string{
		"japan-code-and-seller-id.sellerkey":              "設定 100%.sellerkey",
		"brasil-client-id-secret-refresh-token.sellerkey": "ferramenta.sellerkey",
	} {
		data, err := os.ReadFile(filepath.Join(root(s.t), "docs", "examples", from))
		if err != nil {
			s.t.Fatal(err)
		}
		files = append(files, filepath.Join(folder, to))
		s.r.write(files[len(files)-1], 0o600, string(data))
	}
	title := s.words.T(s.t, "setup_file.title")
	a := s.open(files[0])
	a.WaitTitle(title)
	a.Shot("setup-file")
	a.Key("Escape") // back to the beginning
	a.WaitTitle(s.words.T(s.t, "start.window"))
	if code := s.open(files[1]).WaitExit(); code != 0 {
		s.t.Errorf("the second start ended with code %d", code)
	}
	a.WaitTitle(title)
	a.Shot("setup-file-handed-over")

	s.t.Log("install while a window is open: refused")
	if code := s.setup("next.exe"); code != 1 {
		s.t.Errorf("with a window open the installer ended with code %d", code)
	}
	s.is("version in Settings", s.w.Value(uninstallKey, "DisplayVersion"), s.file("version"))
	a.Quit()
}

// links: a link of the return page reaches the window that waits for its code.
func (s *windowsStory) links() {
	s.t.Helper()
	s.t.Log("open a link of the return page")
	a := s.r.App()
	a.choose(s.words, "guide")
	a.Paste("https://sellercentral.amazon.co.jp/apps/authorize/consent?application_id=amzn1.sp.solution.00000000-0000-0000-0000-000000000000")
	a.Key("Return")
	a.WaitTitle(s.words.T(s.t, "step.consent"))
	a.Key("Return")
	a.WaitTitle(s.words.T(s.t, "step.paste"))
	asked, err := url.Parse(s.r.Browser().WaitURL("https://sellercentral.amazon.co.jp" + consentPath))
	if err != nil {
		s.t.Fatal(err)
	}
	// Wine's own "start" looks only at what an administrator has installed.
	const all = `HKLM\Software\Classes\sellerkey`
	s.w.Run("reg", "copy", schemeKey, all, "/s", "/f")
	link := "sellerkey://return?" + url.Values{
		"spapi_oauth_code": {"EXAMPLEcode000000001"}, "state": {asked.Query().Get("state")}, "selling_partner_id": {"A0EXAMPLE00000"},
	}.Encode()
	s.w.Run("start", link)
	a.WaitTitle(s.words.T(s.t, "step.register"))
	s.w.Run("reg", "delete", all, "/f")
	a.Kill()
}

// open does with a file what Explorer does: it starts the command that is noted
// for its type. (Wine's own "start" looks only at what an administrator has
// installed.)
func (s *windowsStory) open(file string) *App {
	s.t.Helper()
	command := s.w.Value(`HKCU\Software\Classes\`+s.w.Value(extensionKey, "")+`\shell\open\command`, "")
	program, ok := strings.CutSuffix(command, `" "%1"`)
	if !ok {
		s.t.Fatalf("setup files are opened by %q", command)
	}
	return s.w.launch(nil, strings.TrimPrefix(program, `"`), s.w.There(file))
}

// upgrade puts a newer version over the installed one. That one is signed.
func (s *windowsStory) upgrade() {
	s.t.Helper()
	s.install("next.exe", s.file("next-version"))
	for _, file := range []string{"sellerkey.exe", "sellerkey-cli.exe", "Uninstall.exe"} {
		said, err := s.r.try("osslsigncode", "verify", "-CAfile", filepath.Join(s.dir, "ca.pem"), "-in", filepath.Join(s.installed, file))
		if err != nil {
			s.t.Errorf("%s is not signed: %v\n%s", file, err, said)
		}
	}
	s.t.Log("start with the saved account")
	a := s.r.App("--practice")
	a.WaitTitle(s.words.T(s.t, "accounts.title"))
	s.t.Logf("from the start to the window: %v", time.Since(a.Began).Round(time.Millisecond))
	a.Quit()
}

// look takes pictures of what the installer shows.
func (s *windowsStory) look() {
	s.t.Helper()
	s.t.Log("look at the installer")
	a := s.w.launch(nil, filepath.Join(s.dir, "setup.exe"))
	a.WaitTitle("SellerKey")
	a.Shot("installer")
	a.Kill()

	s.w.Run(filepath.Join(s.installed, "Uninstall.exe"))
	u := s.r.Adopt("SellerKey")
	u.Shot("uninstaller")
	u.Kill()
	if _, err := os.Stat(filepath.Join(s.installed, "sellerkey.exe")); err != nil {
		s.t.Error("looking removed it:", err)
	}
}

// gone waits for an uninstaller, which goes on after the program that was
// started has ended, and looks at what is left of the program.
func (s *windowsStory) gone() {
	s.t.Helper()
	s.r.Eventually("the program to be gone", func() bool {
		_, err := os.Stat(s.installed)
		return os.IsNotExist(err)
	})
	for _, key := range []string{uninstallKey, fileTypeKey, extensionKey, schemeKey} {
		if said := s.w.Registry(key); said != "" {
			s.t.Errorf("left in the registry:\n%s", said)
		}
	}
	s.is("PATH after removing", s.w.Value(environmentKey, "Path"), `C:\tools`)
	if found := s.w.Named("sellerkey.lnk"); len(found) > 0 {
		s.t.Errorf("left in the Start menu: %q", found)
	}
}

func (s *windowsStory) uninstallAndKeep() {
	s.t.Helper()
	s.t.Log("uninstall, and keep the accounts")
	uninstall := s.w.There(filepath.Join(s.installed, "Uninstall.exe"))
	a := s.r.App("--practice")
	// _? makes it stay in its place, so that there is an exit code.
	if _, code := s.w.Run(uninstall, "/S", "_?="+s.w.There(s.installed)); code != 1 {
		s.t.Errorf("with a window open it ended with code %d", code)
	}
	a.Quit()
	before := s.accounts()
	s.w.Run(uninstall, "/S")
	s.gone()
	if after := s.accounts(); after != before {
		s.t.Errorf("the list of accounts was\n%s\nand is\n%s", before, after)
	}
	if !strings.Contains(s.w.Registry(vaultKey), practiceService) {
		s.t.Error("the Credential Manager was emptied")
	}
	s.install("setup.exe", s.file("version"))
	a = s.r.App("--practice")
	a.WaitTitle(s.words.T(s.t, "accounts.title"))
	a.Quit()
}

func (s *windowsStory) accounts() string {
	s.t.Helper()
	data, err := os.ReadFile(filepath.Join(s.r.data, "practice", "accounts.json"))
	if err != nil {
		s.t.Fatal(err)
	}
	return string(data)
}

func (s *windowsStory) uninstallAndForget() {
	s.t.Helper()
	s.t.Log("uninstall, and forget the accounts")
	uninstall := s.w.There(filepath.Join(s.installed, "Uninstall.exe"))
	// Another copy of the program, out of the zip, has the accounts open.
	s.r.run("unzip", "-q", filepath.Join(s.dir, "portable.zip"), "-d", filepath.Join(s.r.Home, "portable"))
	s.w.Program = filepath.Join(s.r.Home, "portable", "SellerKey", "sellerkey.exe")
	a := s.r.App("--practice")
	a.WaitTitle(s.words.T(s.t, "accounts.title"))
	if _, code := s.w.Run(uninstall, "/S", "/FORGET", "_?="+s.w.There(s.installed)); code != 1 {
		s.t.Errorf("with another copy open it ended with code %d", code)
	}
	s.accounts()
	if _, err := os.Stat(filepath.Join(s.installed, "sellerkey.exe")); err != nil {
		s.t.Error(err)
	}
	a.Quit()

	s.w.Run(uninstall, "/S", "/FORGET")
	s.gone()
	if found := s.w.Named("sellerkey"); len(found) > 0 {
		s.t.Errorf("left: %q", found)
	}
	if said := s.w.Registry(vaultKey); strings.Contains(said, "sellerkey") {
		s.t.Errorf("left in the Credential Manager:\n%s", said)
	}
}

// headless runs the tests that need no window, in a folder with a name that
// many a program stumbles over.
func (s *windowsStory) headless() {
	s.t.Helper()
	temp := filepath.Join(s.w.User, "山田 太郎", "一時")
	if err := os.MkdirAll(temp, 0o700); err != nil {
		s.t.Fatal(err)
	}
	s.w.SetValue(`HKCU\Environment`, "TMP", s.w.There(temp))
	s.w.SetValue(`HKCU\Environment`, "TEMP", s.w.There(temp))
	s.r.env = append(s.r.env, "SELLERKEY_TEST_KEYRING=1", "SELLERKEY_TEST_CLIPBOARD=1")
	tests, err := filepath.Glob(filepath.Join(s.dir, "tests", "*.test.exe"))
	if err != nil || len(tests) == 0 {
		s.t.Fatal("there are no tests to run:", err)
	}
	// What Wine cannot do, or does too slowly for what is tried.
	skip := strings.Join([]string{
		"^TestWriteFileKeepsOffWhatIsNoFile$",           // its symbolic links look like files
		"^TestRefusesFilesThatCannotBeReplaced$/^link$", // the same
		"^TestKilled$",            // starting a process takes longer than the life it is given
		"^TestRealKeyringKilled$", // the same
	}, "|")
	for _, test := range tests {
		name := strings.TrimSuffix(filepath.Base(test), ".test.exe")
		// A test of its own, so that its name is in the summary.
		s.t.Run(name, func(t *testing.T) {
			folder := filepath.Join(root(t), "internal", name)
			if _, err := os.Stat(folder); err != nil {
				folder = filepath.Join(root(t), name)
			}
			if said, code := s.w.RunIn(folder, test, "-test.short", "-test.skip", skip); code != 0 {
				t.Errorf("code %d:\n%s", code, said)
			}
		})
	}
	if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
		s.t.Errorf("the tests leave %d files: %v", len(left), err)
	}
}
