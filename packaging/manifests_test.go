package packaging

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// manifest is a file of manifests/, filled in with values of the right form.
func manifest(t *testing.T, name string) string {
	t.Helper()
	text := strings.NewReplacer("@VERSION@", "0.1.0", "@DATE@", "2026-01-31", "@HOME@", fyneApp(t).Website,
		"@DOWNLOADS@", fyneApp(t).Website+"/releases/download/v0.1.0").Replace(read(t, filepath.Join("manifests", name)))
	text = regexp.MustCompile(`@SHA256:[^@]+@`).ReplaceAllString(text, strings.Repeat("0f", 32))
	if left := regexp.MustCompile(`@[A-Z0-9]+[@:]`).FindString(text); left != "" {
		t.Errorf("%s: scripts/manifests doesn't fill in %s", name, left)
	}
	return text
}

// summaries are what the metadata says of the program in one line, by language.
func summaries(t *testing.T) map[string]string {
	t.Helper()
	var root element
	if err := xml.Unmarshal([]byte(read(t, "linux/app.sellerkey.sellerkey.metainfo.xml")), &root); err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, e := range root.Children {
		if e.XMLName.Local == "summary" {
			all[e.lang()] = e.Text
		}
	}
	return all
}

// TestWinget holds the manifests to the rules of winget's schemas, version
// 1.10.0 (github.com/microsoft/winget-cli, schemas/JSON/manifests), for the
// fields that they use.
func TestWinget(t *testing.T) {
	required := map[string][]string{
		"version":       {"DefaultLocale"},
		"installer":     {"Installers"},
		"defaultLocale": {"PackageLocale", "Publisher", "PackageName", "License", "ShortDescription"},
		"locale":        {"PackageLocale"},
	}
	forms := map[string]string{
		"PackageIdentifier": `[^.\s\\/:*?"<>|]{1,32}(\.[^.\s\\/:*?"<>|]{1,32}){1,7}`, "PackageVersion": `[^\\/:*?"<>|]{1,128}`,
		"PackageLocale": `[a-zA-Z]{2,3}(-[a-zA-Z]{1,8})*`, "DefaultLocale": `en-US`, "ManifestVersion": `1\.10\.0`,
		"MinimumOSVersion": `[0-9]{1,5}(\.[0-9]{1,5}){0,3}`, "InstallerType": `nullsoft`, "Scope": `user|machine`, "UpgradeBehavior": `install`,
		"ReleaseDate": `[0-9]{4}-[0-9]{2}-[0-9]{2}`, "ProductCode": `.{1,255}`, "Architecture": `x64`, "InstallerUrl": `https://.+`,
		"InstallerSha256": `[A-Fa-f0-9]{64}`, "Publisher": `.{2,256}`, "PublisherUrl": `https://.+`, "PublisherSupportUrl": `https://.+`,
		"PackageName": `.{2,256}`, "PackageUrl": `https://.+`, "License": `.{3,512}`, "LicenseUrl": `https://.+`, "ShortDescription": `.{3,256}`,
		"Description": `(?s).{3,900}`, "ReleaseNotesUrl": `https://.+`, "ManifestType": `version|installer|defaultLocale|locale`,
	}
	files, err := os.ReadDir("manifests/winget")
	if err != nil {
		t.Fatal(err)
	}
	short := map[string]string{}
	for _, file := range files {
		text := manifest(t, "winget/"+file.Name())
		var fields map[string]any
		if err := yaml.Unmarshal([]byte(text), &fields); err != nil {
			t.Errorf("%s: %v", file.Name(), err)
			continue
		}
		kind := fmt.Sprint(fields["ManifestType"])
		if !strings.Contains(text, "winget-manifest."+kind+".1.10.0.schema.json") {
			t.Errorf("%s names another schema than its own", file.Name())
		}
		for _, name := range append([]string{"PackageIdentifier", "PackageVersion", "ManifestVersion"}, required[kind]...) {
			if fields[name] == nil {
				t.Errorf("%s lacks %s", file.Name(), name)
			}
		}
		delete(fields, "InstallerSwitches")
		checkForms(t, file.Name(), fields, forms)
		language, _, _ := strings.Cut(fmt.Sprint(fields["PackageLocale"]), "-")
		short[language] = fmt.Sprint(fields["ShortDescription"])
	}
	all := summaries(t)
	for language, tag := range map[string]string{"en": "", "ja": "ja", "pt": "pt_BR"} {
		if short[language] != all[tag] {
			t.Errorf("%s: %q, the metadata says %q", language, short[language], all[tag])
		}
	}
	if !strings.Contains(read(t, "windows/setup.nsi"), `CurrentVersion\Uninstall\SellerKey"`) {
		t.Error("the ProductCode isn't the installer's name in the registry")
	}
}

// checkForms compares each text below fields with the form of its field; lists
// have at most 16 entries of 40 characters, each once.
func checkForms(t *testing.T, file string, fields map[string]any, forms map[string]string) {
	t.Helper()
	for name, value := range fields {
		list, ok := value.([]any)
		if !ok {
			if form := forms[name]; form == "" || !regexp.MustCompile(`^(?:`+form+`)$`).MatchString(fmt.Sprint(value)) {
				t.Errorf("%s: %s: %v isn't of the form %q", file, name, value, form)
			}
			continue
		}
		seen := map[string]bool{}
		for _, entry := range list {
			if inner, ok := entry.(map[string]any); ok {
				checkForms(t, file, inner, forms)
				continue
			}
			s := fmt.Sprint(entry)
			if seen[s] || len(list) > 16 || utf8.RuneCountInString(s) > 40 {
				t.Errorf("%s: %s: %v", file, name, list)
			}
			seen[s] = true
		}
	}
}

// TestManifests: each names the window, the command line and what the program
// is, in the words of the metadata.
func TestManifests(t *testing.T) {
	summary := summaries(t)[""]
	for name, words := range map[string][]string{
		"scoop/sellerkey.json":  {summary, `"bin": "sellerkey-cli.exe"`, `["sellerkey.exe", "SellerKey"]`},
		"homebrew/sellerkey.rb": {summary, `app "SellerKey.app"`, `binary "#{appdir}/SellerKey.app/Contents/MacOS/sellerkey-cli"`},
		"aur/PKGBUILD":          {summary, "/usr/bin\" sellerkey sellerkey-cli\n"},
		"flathub/app.sellerkey.sellerkey.yaml": {
			"id: app.sellerkey.sellerkey\n", "command: sellerkey\n", "/app/bin sellerkey sellerkey-cli\n",
			"rename-desktop-file: app.sellerkey.desktop\n", "rename-mime-file: app.sellerkey.xml\n", "--talk-name=org.freedesktop.secrets\n",
		},
		"winget/SellerKey.SellerKey.installer.yaml": {"/SellerKey-Setup.exe\n", "Custom: /PATH", "Commands: [sellerkey-cli]", "Protocols: [sellerkey]", "FileExtensions: [sellerkey]"},
	} {
		text := manifest(t, name)
		for _, w := range words {
			if !strings.Contains(text, w) {
				t.Errorf("%s lacks %q", name, w)
			}
		}
		var any map[string]any
		switch filepath.Ext(name) {
		case ".json":
			if err := json.Unmarshal([]byte(text), &any); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		case ".yaml":
			if err := yaml.Unmarshal([]byte(text), &any); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}
