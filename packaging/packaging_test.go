// Package packaging holds what packages are made of. Its tests hold the menu
// entry, the metadata and the bundle to the program and to each other.
package packaging

import (
	"encoding/xml"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"

	"github.com/sellerkey/sellerkey/i18n"
)

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// fyneApp is what FyneApp.toml says of the program.
func fyneApp(t *testing.T) (app struct {
	Website   string
	Languages []string
	Details   struct{ Name, ID, Version string }
	Linux     struct {
		GenericName, Comment string
		Categories, Keywords []string
	} `toml:"LinuxAndBSD"`
},
) {
	t.Helper()
	data, err := os.ReadFile("../FyneApp.toml")
	if err != nil {
		t.Fatal(err)
	}
	if err := toml.Unmarshal(data, &app); err != nil {
		t.Fatal(err)
	}
	return app
}

// languages are the language tags as the desktop writes them, but for English.
func languages() (tags []string) {
	for _, l := range i18n.Languages() {
		if l.Tag != "en" {
			tags = append(tags, strings.ReplaceAll(l.Tag, "-", "_"))
		}
	}
	return tags
}

func TestMenuEntry(t *testing.T) {
	app := fyneApp(t)
	entry := map[string]string{}
	for line := range strings.Lines(read(t, "linux/app.sellerkey.desktop")) {
		if key, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok {
			entry[key] = value
		}
	}
	for key, want := range map[string]string{
		"Name": app.Details.Name, "GenericName": app.Linux.GenericName, "Comment": app.Linux.Comment,
		"Categories": strings.Join(app.Linux.Categories, ";") + ";", "Keywords": strings.Join(app.Linux.Keywords, ";") + ";",
		"Icon": app.Details.ID, "StartupWMClass": app.Details.ID,
	} {
		if entry[key] != want {
			t.Errorf("%s is %q, want %q", key, entry[key], want)
		}
	}
	for _, key := range []string{"GenericName", "Comment", "Keywords"} {
		for _, tag := range languages() {
			if s := entry[key+"["+tag+"]"]; s == "" || s == entry[key] {
				t.Errorf("%s in %s is %q", key, tag, s)
			}
		}
	}
}

// TestInAllLanguages: whatever the metadata says in English, it says in the
// other languages right after.
func TestInAllLanguages(t *testing.T) {
	for _, file := range []string{"linux/app.sellerkey.sellerkey.metainfo.xml", "linux/app.sellerkey.mime.xml"} {
		var root element
		if err := xml.Unmarshal([]byte(read(t, file)), &root); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		texts := 0
		root.walk(func(parent element) {
			for i, e := range parent.Children {
				translated := slices.Contains([]string{"summary", "p", "li", "caption", "comment"}, e.XMLName.Local) ||
					e.XMLName.Local == "image"
				if !translated || e.lang() != "" {
					continue
				}
				texts++
				for n, tag := range languages() {
					at := i + 1 + n
					if at >= len(parent.Children) || parent.Children[at].lang() != tag || parent.Children[at].XMLName != e.XMLName {
						t.Errorf("%s: %q is not followed by the same in %s", file, strings.TrimSpace(e.Text), tag)
					}
				}
			}
		})
		if texts == 0 {
			t.Errorf("%s: no texts", file)
		}
	}
}

// TestPicturesAreThere: the metadata shows pictures of the documentation.
func TestPicturesAreThere(t *testing.T) {
	found := regexp.MustCompile(`/raw/main/(docs/screens/[^<]+)<`).FindAllStringSubmatch(read(t, "linux/app.sellerkey.sellerkey.metainfo.xml"), -1)
	if len(found) == 0 {
		t.Fatal("no pictures")
	}
	for _, m := range found {
		if _, err := os.Stat(filepath.Join("..", m[1])); err != nil {
			t.Error(err)
		}
	}
}

// TestBundle: macOS tells the program which language is spoken only if the
// bundle names the languages; names and types agree with the other systems'.
func TestBundle(t *testing.T) {
	app := fyneApp(t)
	plist := read(t, "macos/Info.plist")
	for _, l := range i18n.Languages() {
		if !strings.Contains(plist, "<string>"+l.Tag+"</string>") || !slices.Contains(app.Languages, l.Tag) {
			t.Errorf("%s is not among the languages of the bundle", l.Tag)
		}
	}
	const mime = "application/x-sellerkey-setup"
	for file, words := range map[string][]string{
		"macos/Info.plist":                           {app.Details.ID, mime, "<key>CFBundleURLSchemes</key>\n\t\t\t<array>\n\t\t\t\t<string>sellerkey</string>"},
		"linux/app.sellerkey.mime.xml":               {mime, `"*.sellerkey"`},
		"linux/app.sellerkey.desktop":                {"MimeType=" + mime + ";x-scheme-handler/sellerkey;", "Exec=sellerkey %u"},
		"linux/app.sellerkey.sellerkey.metainfo.xml": {mime, app.Website, "app.sellerkey.desktop"},
		"linux/nfpm.yaml":                            {app.Website},
		"windows/setup.nsi":                          {`"Software\Classes\sellerkey"`, `-- "%1"`},
	} {
		text := read(t, file)
		for _, w := range words {
			if !strings.Contains(text, w) {
				t.Errorf("%s lacks %s", file, w)
			}
		}
	}
}

// TestSameWords: the types of files are called the same everywhere, and the
// pages about installing name the buttons as the program does.
func TestSameWords(t *testing.T) {
	mime := read(t, "linux/app.sellerkey.mime.xml")
	for _, l := range i18n.Languages() {
		words, err := i18n.New(l.Tag)
		if err != nil {
			t.Fatal(err)
		}
		if s := words.T("installer.file_type"); !strings.Contains(mime, ">"+s+"</comment>") {
			t.Errorf("the type of file is not called %q", s)
		}
		page := "../docs/install." + l.Tag + ".md"
		if l.Tag == "en" {
			page = "../docs/install.md"
		}
		text := read(t, page)
		for _, id := range []string{"menu.about", "setup_file.open", "account.forget"} {
			if s := words.T(id); !strings.Contains(text, s) {
				t.Errorf("%s does not name %s: %q", page, id, s)
			}
		}
	}
}

// TestChangelog: headings of Keep a Changelog, the newest version first, each
// with something to say. scripts/changes cuts the notes of a release out of it.
func TestChangelog(t *testing.T) {
	var version, day string
	for line := range strings.Lines(read(t, "../CHANGELOG.md")) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, "### "):
			if !slices.Contains([]string{"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}, line[4:]) {
				t.Errorf("%s: %q isn't a heading of Keep a Changelog", version, line)
			}
		case line == "## [Unreleased]":
			if version != "" {
				t.Errorf("%q is below %s", line, version)
			}
			version = "Unreleased"
		case strings.HasPrefix(line, "## "):
			m := regexp.MustCompile(`^## \[([0-9]+\.[0-9]+\.[0-9]+)\] - ([0-9]{4}-[0-9]{2}-[0-9]{2})$`).FindStringSubmatch(line)
			if m == nil || day != "" && m[2] > day {
				t.Errorf("%q is no version with a date, or newer than the one above it", line)
				continue
			}
			version, day = m[1], m[2]
		}
	}
	if version == "" {
		t.Error("no version")
	}
}

type element struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Text     string     `xml:",chardata"`
	Children []element  `xml:",any"`
}

func (e element) lang() string {
	for _, a := range e.Attrs {
		if a.Name.Local == "lang" {
			return a.Value
		}
	}
	return ""
}

func (e element) walk(visit func(element)) {
	visit(e)
	for _, c := range e.Children {
		c.walk(visit)
	}
}
