package export

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/lwa"
)

// TestMergeKeepsWhatOthersAppend: another program appends 450 lines during 300
// merges, and none of them is lost.
func TestMergeKeepsWhatOthersAppend(t *testing.T) {
	const lines, merges = 450, 300
	path := filepath.Join(t.TempDir(), ".env")
	if err := os.WriteFile(path, []byte("MINE=1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() {
		var err error
		for i := 0; i < lines && err == nil; i++ {
			var f *os.File
			if f, err = os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0); err != nil {
				break
			}
			if i%10 == 0 {
				time.Sleep(2 * time.Millisecond) // a slow one, with the file open
			}
			_, err = fmt.Fprintf(f, "LINE_%d=x\n", i)
			f.Close()
		}
		done <- err
	}()
	s, x, v := files(t), target(t, "dotenv"), short()
	refused := 0
	appending := true
	for i := 0; i < merges || appending; i++ {
		v.ClientID = fmt.Sprintf("ID-%d", i)
		if err := s.Merge(x, path, v); KindOf(err) == KindChanged {
			refused++
		} else if err != nil {
			t.Fatal(err)
		}
		select {
		case err := <-done:
			if err != nil {
				t.Fatal(err)
			}
			appending = false
		default:
		}
	}
	v.ClientID = "LAST"
	if err := s.Merge(x, path, v); err != nil {
		t.Fatal(err)
	}
	text := content(t, path)
	for i := range lines {
		if strings.Count(text, fmt.Sprintf("LINE_%d=x\n", i)) != 1 {
			t.Errorf("line %d is there %d times", i, strings.Count(text, fmt.Sprintf("LINE_%d=x\n", i)))
		}
	}
	if !strings.HasPrefix(text, "MINE=1\n") || !strings.Contains(text, "LWA_CLIENT_ID='LAST'\n") {
		t.Error(text)
	}
	leftovers(t, filepath.Dir(path))
	t.Logf("%d merges refused", refused)
}

// TestLateWritesAreKept: what another program writes to a file that it had open
// when the file was replaced.
func TestLateWritesAreKept(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("an open file is not replaced there")
	}
	for _, c := range []struct {
		name, late, want string
		flag             int
		kind             Kind
	}{
		{"appended", "B=1\n", "oursB=1\n", os.O_APPEND, ""},
		{"written over", "B=2\n", "B=2\n", 0, KindChanged},
	} {
		path := filepath.Join(t.TempDir(), ".env")
		if err := os.WriteFile(path, []byte("A=1\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		late, err := os.OpenFile(path, os.O_WRONLY|c.flag, 0)
		if err != nil {
			t.Fatal(err)
		}
		old, before, err := openExisting(path)
		if err != nil {
			t.Fatal(err)
		}
		s := files(t)
		err = s.put(path, []byte("ours"), old.info, true, func(temp string) error {
			go func() {
				for text, _ := os.ReadFile(path); string(text) != "ours"; text, _ = os.ReadFile(path) {
					time.Sleep(time.Millisecond)
				}
				_, _ = late.WriteString(c.late)
				late.Close()
			}()
			return s.swap(temp, path, old, before, true)
		})
		old.close()
		if KindOf(err) != c.kind || content(t, path) != c.want {
			t.Errorf("%s: %v, %q", c.name, err, content(t, path))
		}
		leftovers(t, filepath.Dir(path))
	}
}

// TestMergeSeesAChangeBeforeItReplaces: a change between reading and replacing.
func TestMergeSeesAChangeBeforeItReplaces(t *testing.T) {
	for name, change := range map[string]func(path string) error{
		"written": func(path string) error { return os.WriteFile(path, []byte("A=2\n"), 0o600) },
		"replaced": func(path string) error {
			return errors.Join(os.WriteFile(path+".new", []byte("A=1\n"), 0o600), os.Rename(path+".new", path))
		},
		"removed": os.Remove,
	} {
		path := filepath.Join(t.TempDir(), ".env")
		if err := os.WriteFile(path, []byte("A=1\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		old, before, err := openExisting(path)
		if err != nil {
			t.Fatal(err)
		}
		if runtime.GOOS == "windows" {
			old.close()
		}
		if err := change(path); err != nil {
			t.Fatal(err)
		}
		s := files(t)
		err = s.put(path, []byte("ours"), old.info, true, func(temp string) error { return s.swap(temp, path, old, before, true) })
		old.close()
		if now, _ := os.ReadFile(path); KindOf(err) != KindChanged || string(now) == "ours" {
			t.Errorf("%s: %v, %q", name, err, now)
		}
		leftovers(t, filepath.Dir(path))
	}
}

// secretMark is in what a killed merge was about to write.
const secretMark = "SECRET-OF-A-KILLED-MERGE"

// TestMergeUntilKilled is the process that TestKilledMergesLeaveNoSecret kills.
func TestMergeUntilKilled(t *testing.T) {
	dir := os.Getenv("SELLERKEY_TEST_KILL_DIR")
	if dir == "" {
		t.Skip("only as a child of TestKilledMergesLeaveNoSecret")
	}
	v := short()
	for i := 0; ; i++ {
		v.ClientSecret = lwa.NewSecret(fmt.Sprintf("%s-%d", secretMark, i))
		if err := (Files{filepath.Join(dir, "data")}).Merge(target(t, "dotenv"), filepath.Join(dir, "project", ".env"), v); err != nil {
			t.Fatal(err)
		}
	}
}

// TestKilledMergesLeaveNoSecret: the file is whole after every kill, and after
// the next start no other file has the secret.
func TestKilledMergesLeaveNoSecret(t *testing.T) {
	kills := 20
	if os.Getenv("SELLERKEY_TEST_SLOW") != "" {
		kills = 200
	}
	dir := t.TempDir()
	project, s := filepath.Join(dir, "project"), Files{filepath.Join(dir, "data")}
	path := filepath.Join(project, ".env")
	for _, d := range []string{project, s.Dir} {
		if err := os.Mkdir(d, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(path, bytes.Repeat([]byte("# theirs\n"), 20_000), 0o600); err != nil {
		t.Fatal(err)
	}
	swept := 0
	for range kills {
		child := exec.Command(os.Args[0], "-test.run=^TestMergeUntilKilled$")
		child.Env = append(os.Environ(), "SELLERKEY_TEST_KILL_DIR="+dir)
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		// Killed in the middle of a merge: once there is a note, at some moment.
		for start := time.Now(); time.Since(start) < 10*time.Second; {
			if _, err := os.Lstat(filepath.Join(s.Dir, pendingName)); err == nil {
				break
			}
		}
		time.Sleep(time.Duration(rand.IntN(3000)) * time.Microsecond)
		_ = child.Process.Kill()
		_ = child.Wait()
		if entries, _ := os.ReadDir(project); len(entries) > 1 {
			swept++
		}
		if err := s.Sweep(); err != nil {
			t.Fatal(err)
		}
		text := content(t, path)
		if n := strings.Count(text, "# theirs\n"); n != 20_000 || strings.Count(text, "\n") != 20_003 && strings.Count(text, "\n") != 20_000 {
			t.Fatalf("%d lines of theirs, %d in all", n, strings.Count(text, "\n"))
		}
		err := filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
			if err == nil && !d.IsDir() && p != path && strings.Contains(content(t, p), secretMark) {
				t.Errorf("%s has the secret", p)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		leftovers(t, project)
	}
	t.Logf("%d kills, %d of them left a file that was swept", kills, swept)
}

// TestRefusesFilesThatCannotBeReplaced: each keeps its content.
func TestRefusesFilesThatCannotBeReplaced(t *testing.T) {
	for want, prepare := range map[Kind]func(path string) error{
		KindReadOnly: func(path string) error { return os.Chmod(path, 0o400) },
		KindHardLink: func(path string) error { return os.Link(path, path+".other") },
		KindLink: func(path string) error {
			if err := os.Rename(path, path+".real"); err != nil {
				return err
			}
			return os.Symlink(path+".real", path)
		},
		KindNotAFile: func(path string) error {
			if err := os.Remove(path); err != nil {
				return err
			}
			return os.Mkdir(path, 0o700)
		},
	} {
		t.Run(string(want), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), ".env")
			if err := os.WriteFile(path, []byte("A=1\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := prepare(path); err != nil {
				t.Skip(err) // Windows may not allow links
			}
			s := files(t)
			for name, err := range map[string]error{
				"merge": s.Merge(target(t, "dotenv"), path, short()), "write": s.Write(path, []byte("x"), true),
			} {
				if KindOf(err) != want {
					t.Errorf("%s: %v", name, err)
				}
			}
			if want != KindNotAFile && content(t, path) != "A=1\n" {
				t.Errorf("%q", content(t, path))
			}
			_ = os.Chmod(path, 0o600)
		})
	}
}

// TestMergeKeepsTheOwner: a web server can read its file afterwards.
func TestMergeKeepsTheOwner(t *testing.T) {
	path := filepath.Join(t.TempDir(), ".env")
	if err := os.WriteFile(path, []byte("A=1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(path, 65534, 65534); err != nil {
		t.Skip("only root gives files away: ", err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := files(t).Merge(target(t, "dotenv"), path, short()); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o640 || fmt.Sprint(owner(info)) != "[65534 65534]" {
		t.Error(err, info.Mode(), owner(info))
	}
}

func TestRemoveLeavesNothingInTheDataFolder(t *testing.T) {
	s := files(t)
	if err := s.Write(filepath.Join(t.TempDir(), "x"), []byte("x"), false); err != nil {
		t.Fatal(err)
	}
	if err := s.Remove(); err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(s.Dir); len(left) > 0 {
		t.Error(left)
	}
}

// TestReplace: only the content of an existing file changes, and it's all or nothing.
func TestReplace(t *testing.T) {
	dir := t.TempDir()
	files := Files{Dir: dir}
	upper := func(before []byte) ([]byte, error) { return bytes.ToUpper(before), nil }
	path := filepath.Join(dir, "a.env")
	if err := os.WriteFile(path, []byte("a=1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := files.Replace(path, upper); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if text, rerr := os.ReadFile(path); err != nil || rerr != nil || string(text) != "A=1\n" || runtime.GOOS != "windows" && info.Mode().Perm() != 0o644 {
		t.Errorf("%q %v %v %v", text, info.Mode(), err, rerr)
	}
	mine := errors.New("mine")
	if err := files.Replace(path, func([]byte) ([]byte, error) { return nil, mine }); !errors.Is(err, mine) {
		t.Errorf("an error of change: %v", err)
	}
	if err := files.Replace(filepath.Join(dir, "no", "such.env"), upper); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that isn't there: %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "no")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a folder was made")
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != "A=1\n" {
		t.Errorf("%q %v", text, err)
	}
}
