//go:build linux

package vault

import (
	"context"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"github.com/sellerkey/sellerkey/lwa"
)

const (
	loginPath  = dbus.ObjectPath("/org/freedesktop/secrets/collection/login")
	promptPath = dbus.ObjectPath("/org/freedesktop/secrets/prompt/p1")
	noPath     = dbus.ObjectPath("/")
	secretAPI  = "org.freedesktop.Secret."
)

// standIn is a Secret Service on a bus of its own. It behaves until a test sets
// a fault.
type standIn struct {
	t      *testing.T
	socket string
	daemon *exec.Cmd
	conn   *dbus.Conn

	mu    sync.Mutex
	items map[string]string // by user name
	paths map[dbus.ObjectPath]string
	fault func(s *standIn, method string) (answer []any, err error, hit bool)
}

type ssSecret struct {
	Session     dbus.ObjectPath
	Parameters  []byte
	Value       []byte
	ContentType string
}

func startStandIn(t *testing.T) *standIn {
	t.Helper()
	if _, err := exec.LookPath("dbus-daemon"); err != nil {
		t.Skip("needs dbus-daemon")
	}
	s := &standIn{t: t, socket: filepath.Join(t.TempDir(), "bus"), items: map[string]string{}, paths: map[dbus.ObjectPath]string{}}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+s.socket)
	s.startBus()
	t.Cleanup(s.stopBus)
	return s
}

func (s *standIn) startBus() {
	s.t.Helper()
	conf := s.socket + ".conf"
	err := os.WriteFile(conf, []byte(`<busconfig><type>session</type><listen>unix:path=`+s.socket+`</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`), 0o600)
	if err != nil {
		s.t.Fatal(err)
	}
	s.daemon = exec.Command("dbus-daemon", "--config-file="+conf, "--nofork")
	if err := s.daemon.Start(); err != nil {
		s.t.Fatal(err)
	}
	for range 1000 {
		if s.conn, err = dbus.Connect("unix:path="+s.socket, dbus.WithHandler(s)); err == nil {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := s.conn.RequestName("org.freedesktop.secrets", 0); err != nil {
		s.t.Fatal(err)
	}
}

// stopBus kills the bus and waits until go-keyring's connection knows.
func (s *standIn) stopBus() {
	shared, err := dbus.SessionBus()
	_ = s.daemon.Process.Kill()
	_ = s.daemon.Wait()
	_ = s.conn.Close()
	for err == nil && shared.Connected() {
		time.Sleep(time.Millisecond)
	}
	_ = os.Remove(s.socket)
}

// The stand-in takes every call to every object, so that it can answer with
// values of any type.

func (s *standIn) LookupObject(path dbus.ObjectPath) (dbus.ServerObject, bool) {
	return ssMethod{s: s, path: path}, true
}

type ssMethod struct {
	s    *standIn
	path dbus.ObjectPath
	name string
}

func (m ssMethod) LookupInterface(string) (dbus.Interface, bool) { return m, true }
func (m ssMethod) LookupMethod(name string) (dbus.Method, bool) {
	return ssMethod{m.s, m.path, name}, true
}

func (m ssMethod) DecodeArguments(_ *dbus.Conn, _ string, msg *dbus.Message, _ []any) ([]any, error) {
	return msg.Body, nil
}
func (m ssMethod) NumArguments() int     { return 0 }
func (m ssMethod) NumReturns() int       { return 0 }
func (m ssMethod) ArgumentValue(int) any { return nil }
func (m ssMethod) ReturnValue(int) any   { return nil }
func (m ssMethod) Call(args ...any) ([]any, error) {
	m.s.mu.Lock()
	fault := m.s.fault
	m.s.mu.Unlock()
	if fault != nil {
		if answer, err, hit := fault(m.s, m.name); hit {
			return answer, err
		}
	}
	return m.s.answer(m.path, m.name, args)
}

// answer is the right one.
func (s *standIn) answer(path dbus.ObjectPath, method string, args []any) ([]any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch method {
	case "Get": // the property Collections
		return []any{dbus.MakeVariant([]dbus.ObjectPath{loginPath})}, nil
	case "OpenSession":
		return []any{dbus.MakeVariant(""), loginPath + "/session"}, nil
	case "Unlock":
		return []any{args[0], noPath}, nil
	case "SearchItems":
		found := []dbus.ObjectPath{}
		for path, name := range s.paths {
			if _, ok := s.items[name]; ok && name == args[0].(map[string]string)["username"] {
				found = append(found, path)
			}
		}
		return []any{found}, nil
	case "CreateItem":
		attributes := args[0].(map[string]dbus.Variant)[secretAPI+"Item.Attributes"].Value().(map[string]string)
		s.put(attributes["username"], string(args[1].([]any)[2].([]byte)))
		return []any{noPath, noPath}, nil
	case "GetSecret":
		return []any{ssSecret{loginPath, []byte{}, []byte(s.items[s.paths[path]]), "text/plain"}}, nil
	case "Delete":
		delete(s.items, s.paths[path])
		return []any{noPath}, nil
	}
	return nil, nil // Close, Prompt
}

func (s *standIn) put(name, value string) {
	s.items[name] = value
	s.paths[dbus.ObjectPath(fmt.Sprintf("%s/i%x", loginPath, name))] = name
}

func (s *standIn) stored() map[string]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.items)
}

func (s *standIn) misbehave(fault func(s *standIn, method string) ([]any, error, bool)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault = fault
}

// answers is a fault: these values in place of the right ones.
func answers(at string, values ...any) func(*standIn, string) ([]any, error, bool) {
	return func(_ *standIn, method string) ([]any, error, bool) { return values, nil, method == at }
}

// prompts is a fault: unlocking asks the person, and then do happens.
func prompts(do func(s *standIn)) func(*standIn, string) ([]any, error, bool) {
	return func(s *standIn, method string) ([]any, error, bool) {
		switch method {
		case "Unlock":
			return []any{[]dbus.ObjectPath{}, promptPath}, nil, true
		case "Prompt":
			go do(s)
			return nil, nil, true
		}
		return nil, nil, false
	}
}

func (s *standIn) completed(body ...any) {
	_ = s.conn.Emit(promptPath, secretAPI+"Prompt.Completed", body...)
}

// TestKeychainOnTheWire: a Secret Service that misbehaves ends nothing but the
// one call, and nothing counts as stored or deleted that is not.
func TestKeychainOnTheWire(t *testing.T) {
	all := "get set delete"
	unreadable := []Kind{Unavailable}
	gone := []Kind{Unavailable, Missing}
	for _, f := range []struct {
		name  string
		fault func(*standIn, string) ([]any, error, bool)
		ops   string
		want  []Kind
		dies  bool
	}{
		{"Collections is a text", answers("Get", dbus.MakeVariant("login")), all, unreadable, false},
		{"Collections is a list of texts", answers("Get", dbus.MakeVariant([]string{"login"})), all, unreadable, false},
		{"Unlock answers with texts", answers("Unlock", "yes", "no"), all, unreadable, false},
		{"Unlock answers with nothing", answers("Unlock"), all, unreadable, false},
		{"Unlock unlocks something else", answers("Unlock", []dbus.ObjectPath{"/other", "/another"}, noPath), all, []Kind{Locked}, false},
		{"SearchItems answers with a number", answers("SearchItems", uint32(1)), all, unreadable, false},
		{"OpenSession answers with nothing", answers("OpenSession"), all, unreadable, false},
		{"GetSecret answers with a text", answers("GetSecret", "secret"), all, unreadable, false},
		{"GetSecret gives another item's", answers("GetSecret", ssSecret{loginPath, nil, []byte("another"), ""}), "set", []Kind{Mismatch, Dismissed}, false},
		{"CreateItem stores nothing", answers("CreateItem", noPath, noPath), "set", []Kind{Dismissed}, false},
		{"Delete deletes nothing", answers("Delete", noPath), "delete", []Kind{Dismissed}, false},
		{"the prompt completes with nothing", prompts(func(s *standIn) { s.completed() }), all, unreadable, false},
		{"the prompt completes with texts", prompts(func(s *standIn) { s.completed("yes", "no") }), all, unreadable, false},
		{"the closed prompt completes twice", prompts(func(s *standIn) {
			s.completed(true, dbus.MakeVariant([]dbus.ObjectPath{}))
			s.completed(true, dbus.MakeVariant([]dbus.ObjectPath{}))
		}), all, []Kind{Locked}, false},
		{"the bus dies at the prompt", prompts(func(s *standIn) { _ = s.daemon.Process.Kill() }), all, gone, true},
		{"the bus dies in the middle", func(s *standIn, method string) ([]any, error, bool) {
			if method != "OpenSession" {
				return nil, nil, false
			}
			_ = s.daemon.Process.Kill()
			return nil, nil, true
		}, all, gone, true},
		{"an error that is in no list", func(_ *standIn, method string) ([]any, error, bool) {
			return nil, dbus.Error{Name: "com.example.Strange"}, method == "Unlock"
		}, all, unreadable, false},
		{"it never answers", prompts(func(*standIn) {}), all, unreadable, false},
	} {
		for _, op := range strings.Fields(f.ops) {
			t.Run(f.name+"/"+op, func(t *testing.T) {
				s := startStandIn(t)
				k := NewKeychain("app.sellerkey.test")
				old, value := fake("old", 60), fake("new", 60)
				if err := k.Set(t.Context(), "key", old); err != nil {
					t.Fatal("before the fault:", err)
				}
				before := s.stored()
				s.misbehave(f.fault)
				ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
				defer cancel()
				var err error
				switch op {
				case "get":
					_, err = k.Get(ctx, "key")
				case "set":
					err = k.Set(ctx, "key", value)
				case "delete":
					err = k.Delete(ctx, "key")
				}
				if !slices.Contains(f.want, KindOf(err)) {
					t.Errorf("%v, want %q", err, f.want)
				}
				if err != nil && (strings.Contains(err.Error(), old.Reveal()) || strings.Contains(err.Error(), value.Reveal())) {
					t.Error("the error holds the secret")
				}
				s.misbehave(nil)
				if f.dies {
					s.stopBus()
					s.startBus()
				}
				if now := s.stored(); !maps.Equal(now, before) && !slices.Contains(f.want, Mismatch) {
					t.Errorf("%d items, not as before", len(now))
				}
				// It goes on as soon as the service behaves.
				if err := k.Set(t.Context(), "key", value); err != nil {
					t.Fatal("after the fault:", err)
				}
				wantSecret(t, k, "key", value)
				if err := k.Delete(t.Context(), "key"); err != nil || len(s.stored()) != 0 {
					t.Fatal(err)
				}
				wantSecret(t, k, "key", lwa.Secret{})
			})
		}
	}
}
