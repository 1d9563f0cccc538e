package rotate

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/export"
	"github.com/sellerkey/sellerkey/lwa"
)

// TestEveryFile writes every target that has a file for two accounts, next to what
// others have in there, renews the secret, and compares every byte.
func TestEveryFile(t *testing.T) {
	for _, ending := range []string{"\n", "\r\n"} {
		for _, mark := range []string{"", "\ufeff"} {
			d := newDesk(t, 2)
			dir := t.TempDir()
			var paths []string
			files := 0
			for _, x := range export.Targets() {
				if x.File == "" {
					continue
				}
				files++
				for i, a := range d.accounts {
					name := ""
					path := filepath.Join(dir, x.ID, string(rune('a'+i)), x.File)
					if x.Named { // both in one file
						name = []string{"", "second"}[i]
						path = filepath.Join(dir, x.ID, x.File)
					}
					if x.Merges && i == 0 || x.Merges && !x.Named {
						if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
							t.Fatal(err)
						}
						put(t, path, mark+others(x.ID, ending))
					}
					d.use(a, x, path, name)
					if i == 0 || !x.Named {
						paths = append(paths, path)
					}
				}
			}
			if files < 6 {
				t.Fatalf("%d targets with a file", files)
			}
			before := map[string]string{}
			for _, path := range paths {
				before[path] = read(t, path)
			}
			items, err := d.book.Before(d.sample.ClientID)
			if err != nil || Count(items, Ready) != 2*files {
				t.Fatalf("before: %+v, %v", items, err)
			}
			secret := d.renewed()
			if r := d.rotation(); r.Left != 2*files {
				t.Errorf("%d left", r.Left)
			}
			items = d.write(d.items())
			if n := Count(items, Done); n != 2*files {
				t.Errorf("%d of %d are done: %+v", n, 2*files, items)
			}
			if r := d.rotation(); r.Left != 0 {
				t.Errorf("%d left", r.Left)
			}
			for path, text := range before {
				want := strings.ReplaceAll(text, d.sample.ClientSecret.Reveal(), secret.Reveal())
				if want == text {
					t.Errorf("%s never had the secret", path)
				}
				if read(t, path) != want {
					t.Errorf("%s has other bytes than the new secret", path)
				}
			}
			// And again, as in half a year.
			d.renewed()
			if items := d.write(d.items()); Count(items, Done) != 2*files {
				t.Errorf("the second time: %+v", items)
			}
		}
	}
}

// TestBadFiles lists each kind of file that can't be written.
func TestBadFiles(t *testing.T) {
	d := newDesk(t, 1)
	dir := t.TempDir()
	a, env := d.accounts[0], target(t, "dotenv")
	at := func(name string) string { return filepath.Join(dir, name) }
	for _, name := range []string{"good", "changed", "removed", "gone", "link", "hard", "readonly", "folder", "large", "other-line", "in/folder-gone", "file-in-the-way/x"} {
		d.use(a, env, at(name), "")
	}
	for _, name := range []string{"whole", "whole-edited", "whole-changed"} {
		d.use(a, target(t, "json"), at(name), "")
	}
	for _, id := range []string{"node_code", "k8s-secret"} {
		if err := d.book.Remember(Place{Account: a.ID, Target: id}, d.sample.ClientSecret); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.store.Update(a.ID, func(a *account.Account) { a.Layout = "client" }); err != nil {
		t.Fatal(err)
	}
	old := d.sample.ClientSecret.Reveal()
	edit := func(name, from, to string) {
		t.Helper()
		text := read(t, at(name))
		if !strings.Contains(text, from) {
			t.Fatal(name)
		}
		put(t, at(name), strings.ReplaceAll(text, from, to))
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	edit("changed", old, "amzn1.oa2-cs.v1."+strings.Repeat("cd", 32))
	edit("removed", old, "")
	edit("other-line", "LWA_CLIENT_ID", "# a note of mine\nDEBUG=1\nLWA_CLIENT_ID")
	edit("whole-edited", "{", "{\n  \"mine\": 1,")
	edit("whole-changed", old, "")
	put(t, at("large"), read(t, at("large"))+strings.Repeat("#\n", 16<<20))
	must(os.Remove(at("gone")))
	must(os.RemoveAll(at("in")))
	must(os.RemoveAll(at("file-in-the-way")))
	put(t, at("file-in-the-way"), "")
	must(os.Remove(at("folder")))
	must(os.Mkdir(at("folder"), 0o700))
	must(os.Chmod(at("readonly"), 0o400))
	t.Cleanup(func() { _ = os.Chmod(at("readonly"), 0o600) }) // Wine doesn't remove it otherwise
	must(os.Link(at("hard"), at("its other name")))
	want := map[string]State{
		"good": Ready, "changed": Changed, "removed": Changed, "gone": Gone, "hard": Blocked, "readonly": Blocked, "folder": Blocked, "large": Blocked,
		"other-line": Ready, "folder-gone": Gone, "x": Blocked, "whole": Ready, "whole-edited": Edited, "whole-changed": Changed,
		"node_code": Copied, "k8s-secret": Copied, Screen: Typed, "link": Blocked,
	}
	kinds := map[string]export.Kind{
		"link": export.KindLink, "hard": export.KindHardLink, "readonly": export.KindReadOnly, "folder": export.KindNotAFile,
		"large": export.KindTooLarge, "x": export.KindNotAFile,
	}
	if runtime.GOOS == "windows" {
		want["link"], want["x"] = Ready, Gone // links need a right, and a file in the way reads as nothing there
		delete(kinds, "link")
		delete(kinds, "x")
	} else {
		must(os.Rename(at("link"), at("elsewhere")))
		must(os.Symlink(at("elsewhere"), at("link")))
	}
	before, err := d.book.Before(d.sample.ClientID)
	must(err)
	d.want(before, want)
	d.renewed()
	items := d.items()
	d.want(items, want)
	for _, i := range items {
		if kind := kinds[filepath.Base(i.Path)]; i.State == Blocked && export.KindOf(i.Err) != kind {
			t.Errorf("%s: %v, want %s", filepath.Base(i.Path), i.Err, kind)
		}
	}
	contents := map[string]string{}
	for _, name := range []string{"changed", "removed", "hard", "readonly", "large", "whole-changed", "whole-edited"} {
		contents[name] = read(t, at(name))
	}
	var ready []Item
	for _, i := range items {
		if i.State == Ready {
			ready = append(ready, i)
		}
	}
	for _, i := range d.write(ready) {
		if i.State != Done {
			t.Errorf("%s: %s %v", i.Path, i.State, i.Err)
		}
	}
	for name, text := range contents {
		if read(t, at(name)) != text {
			t.Errorf("%s was written", name)
		}
	}
	for _, name := range []string{"gone", "in"} {
		if _, err := os.Lstat(at(name)); err == nil {
			t.Errorf("%s was made", name)
		}
	}
	if text := read(t, at("other-line")); !strings.Contains(text, "# a note of mine\nDEBUG=1\n") || strings.Contains(text, old) {
		t.Error("another line of a .env was lost, or the old secret wasn't replaced")
	}
	// Where somebody has changed a whole file, the secret alone can be replaced.
	for _, i := range d.write(d.items()) {
		if i.State == Edited || filepath.Base(i.Path) == "whole-edited" && i.State != Done {
			t.Errorf("%s: %s %v", i.Path, i.State, i.Err)
		}
	}
	if text := read(t, at("whole-edited")); !strings.Contains(text, "\n  \"mine\": 1,") || strings.Contains(text, old) {
		t.Error("what somebody wrote into a file is lost, or the old secret wasn't replaced")
	}
	// The person puts the secret into a file, and ticks off the rest.
	left := d.rotation().Left
	put(t, at("changed"), read(t, at("good")))
	d.items()
	if d.rotation().Left != left-1 {
		t.Errorf("%d left of %d, after one was changed by hand", d.rotation().Left, left)
	}
	for _, i := range d.items() {
		if i.State != Done {
			must(d.book.Tick(d.sample.ClientID, i.Place, true))
			left = d.rotation().Left
			must(d.book.Tick(d.sample.ClientID, i.Place, false))
			if d.rotation().Left != left+1 {
				t.Error("ticked off for good")
			}
			must(d.book.Tick(d.sample.ClientID, i.Place, true))
		}
	}
	if open, err := d.book.Rotations(); err != nil || len(open) != 0 || Count(d.items(), Done) != len(want) {
		t.Errorf("everything is ticked off: %+v, %v", open, err)
	}
}

// TestSevenDays: what is left is remembered until the old secret ends.
func TestSevenDays(t *testing.T) {
	d := newDesk(t, 1)
	path := filepath.Join(t.TempDir(), ".env")
	d.use(d.accounts[0], target(t, "dotenv"), path, "")
	d.renewed()
	for day := 7; day >= -1; day-- {
		open, err := New(d.store, d.clock.Now).Rotations()
		if err != nil || len(open) != map[bool]int{true: 1}[day >= 0] {
			t.Fatalf("%d days left: %+v, %v", day, open, err)
		}
		if len(open) == 1 && (open[0].DaysLeft(d.clock.Now()) != day || open[0].Left != 1) {
			t.Errorf("%d days left: %+v", day, open[0])
		}
		d.clock.Pass(24 * time.Hour)
	}
	if Count(d.items(), Ready) != 1 {
		t.Error("the file can no longer be written")
	}
}

// TestWriteAgain: exporting again after a new secret is as good as ticking off.
func TestWriteAgain(t *testing.T) {
	d := newDesk(t, 1)
	path := filepath.Join(t.TempDir(), ".env")
	d.use(d.accounts[0], target(t, "dotenv"), path, "")
	d.renewed()
	d.use(d.accounts[0], target(t, "dotenv"), path, "")
	if d.want(d.items(), map[string]State{".env": Done}); d.rotation().Left != 0 {
		t.Error("left")
	}
}

// TestCopiedAgain: a copy of the new secret checks nothing off. A copy that never had the
// old one isn't asked about.
func TestCopiedAgain(t *testing.T) {
	d := newDesk(t, 1)
	a := d.accounts[0]
	place := Place{Account: a.ID, Target: "php_jlevers"}
	if err := d.book.Copied(place, d.sample.ClientSecret); err != nil {
		t.Fatal(err)
	}
	secret := d.renewed()
	for _, p := range []Place{place, {Account: a.ID, Target: "amazon_java"}} {
		if err := d.book.Copied(p, secret); err != nil {
			t.Fatal(err)
		}
	}
	if d.want(d.items(), map[string]State{"php_jlevers": Copied, "amazon_java": Done}); d.rotation().Left != 1 {
		t.Error(d.rotation().Left, "left")
	}
	if err := d.book.Tick(d.sample.ClientID, place, true); err != nil {
		t.Fatal(err)
	}
	if err := d.book.Copied(place, secret); err != nil {
		t.Fatal(err)
	}
	if d.want(d.items(), map[string]State{"php_jlevers": Done, "amazon_java": Done}); d.rotation().Left != 0 {
		t.Error(d.rotation().Left, "left")
	}
}

// TestRightsStay: who may read a file is the owner's business.
func TestRightsStay(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("modes say nothing there")
	}
	d := newDesk(t, 1)
	path := filepath.Join(t.TempDir(), ".env")
	d.use(d.accounts[0], target(t, "dotenv"), path, "")
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	d.renewed()
	d.write(d.items())
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o640 {
		t.Error(info.Mode(), err)
	}
}

// TestReplaceWhereItStands: the secret is replaced as a whole word, and nothing else.
func TestReplaceWhereItStands(t *testing.T) {
	f := &file{Salt: []byte("salt")}
	old, secret := lwa.NewSecret("amzn1.oa2-cs.v1."+strings.Repeat("ab", 32)), lwa.NewSecret("amzn1.oa2-cs.v1."+strings.Repeat("cd", 32))
	for _, text := range []string{
		"OLD", "OLD\n", "\nOLD", "OLDOLD", "OLD OLD", "K=OLD", "K='OLD'", "K=\"OLD\"\r\n", `{"a":"OLD","b":["OLD"]}`, "日本OLD日本", "\ufeffK: OLD # OLD",
		"xOLD", "OLDx", "OLD.", "-OLD", "K=OLD;", "K=`OLD`", "\x00OLD\xff", "https://x/?s=OLD&t", "", "\n\n", strings.Repeat("a", 100),
	} {
		before := strings.ReplaceAll(text, "OLD", old.Reveal())
		want := before
		if !slices.Contains([]string{"OLDOLD", "xOLD", "OLDx", "OLD.", "-OLD"}, text) { // these are other words
			want = strings.ReplaceAll(text, "OLD", secret.Reveal())
		}
		if got := f.replace([]byte(before), f.secretMark(old), secret); string(got) != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}
