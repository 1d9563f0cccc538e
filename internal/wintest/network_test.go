//go:build window && linux

package wintest

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
	"golang.org/x/sys/unix"

	"github.com/sellerkey/sellerkey/internal/practice"
)

// everyName is what the only name server of the looked-at world answers,
// whatever it is asked for. Nothing listens there.
const everyName = "127.66.66.66"

// TestNetwork looks at the built program from outside: which names it asks for
// and which addresses it connects to, whatever the libraries in it could do. It
// runs in a network of its own, in which there is nothing but a name server, and
// every system call that can reach another address is written down (strace).
//
// The code is looked at by the test of the same name beside main.go.
func TestNetwork(t *testing.T) {
	if err := canLookInside(t); err != nil {
		t.Skipf("NOT LOOKED AT: which hosts the program connects to, because this machine does not let a test see it: %v", err)
	}
	t.Run("Amazon", func(t *testing.T) {
		r := Start(t, Options{Lang: "en", NoKeychain: true})
		r.Settings("", light)
		w, sample := wordsOf(t, "en"), practice.New(practice.Options{}).Sample()
		a, seen := r.watched("--vault", "memory")
		a.toTokens(w, sample)
		a.WaitCard() // nobody is there
		a.Shot("nobody-there")
		a.Quit()
		seen.want(t, []string{"api.amazon.com."}, []string{everyName + ":443"})
	})
	t.Run("practice", func(t *testing.T) {
		r := Start(t, Options{Lang: "en", NoKeychain: true})
		r.Settings("", light)
		w, sample := wordsOf(t, "en"), practice.New(practice.Options{}).Sample()
		a, seen := r.watched("--vault", "memory", "--practice")
		a.toTokens(w, sample)
		waitForAccount(t, r, "")
		copyAccess(r, a)
		a.pressOnTokens("check")
		a.WaitGood()
		a.Quit()
		seen.want(t, nil, []string{"this computer"})
	})
	// The way of looking sees what it is meant to see.
	t.Run("control", func(t *testing.T) {
		r := Start(t, Options{Lang: "en", NoKeychain: true})
		cmd, seen := r.inside("bash", "-c", `getent hosts telemetry.example.com; (exec 3<>/dev/tcp/192.0.2.7/8080); (exec 3<>/dev/udp/192.0.2.8/53)`)
		_ = cmd.Run()
		seen.want(t, []string{"telemetry.example.com."}, []string{"192.0.2.7:8080", "192.0.2.8:53"})
	})
}

// canLookInside reports why a program cannot be watched here, nil if it can.
func canLookInside(t *testing.T) error {
	if _, err := exec.LookPath("strace"); err != nil {
		return err
	}
	if out, err := exec.CommandContext(t.Context(), "strace", "-f", "-o", os.DevNull, "true").CombinedOutput(); err != nil {
		return fmt.Errorf("strace: %w: %s", err, out)
	}
	args := append(ownWorld(), "true")
	if out, err := exec.CommandContext(t.Context(), args[0], args[1:]...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", strings.Join(args, " "), err, out)
	}
	return nil
}

// ownWorld is the beginning of a command that runs in a network of its own.
func ownWorld() []string {
	if os.Getuid() == 0 {
		return []string{"unshare", "--net", "--mount", "--"}
	}
	return []string{"unshare", "--map-root-user", "--net", "--mount", "--"}
}

// sight is what a watched program did on the network.
type sight struct{ dir string }

// watched starts the program as [Rig.App] does, watched.
func (r *Rig) watched(args ...string) (*App, sight) {
	r.t.Helper()
	cmd, s := r.inside(append([]string{r.Binary()}, args...)...)
	a := r.launch(cmd)
	r.eventually("the program's number", func() error {
		data, err := os.ReadFile(filepath.Join(s.dir, "pid"))
		if err != nil {
			if !a.Running() {
				r.t.Fatal("it did not start: ", a.Log())
			}
			return err
		}
		a.pid, err = strconv.Atoi(string(data))
		return err
	})
	a.WaitTitle("")
	return a, s
}

// insideVar names the folder of a sight to [TestHelperInside].
const insideVar = "SELLERKEY_TEST_INSIDE"

// inside is a command that runs watched, in a network of its own.
func (r *Rig) inside(command ...string) (*exec.Cmd, sight) {
	r.t.Helper()
	dir := filepath.Join(r.dir, "sight")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		r.t.Fatal(err)
	}
	args := slices.Concat(ownWorld(), []string{os.Args[0], "-test.run=^TestHelperInside$", "--"}, command)
	cmd := r.Command(r.t.Context(), args[0], args[1:]...)
	cmd.Env = append(slices.Clone(r.env), insideVar+"="+dir)
	return cmd, sight{dir}
}

// TestHelperInside is no test: it is run by [Rig.inside] in the network of its
// own, puts a name server there, and runs a command watched.
func TestHelperInside(t *testing.T) {
	dir := os.Getenv(insideVar)
	if dir == "" {
		t.Skip("only run by other tests")
	}
	loopbackUp(t)
	resolv := filepath.Join(dir, "resolv.conf")
	if err := os.WriteFile(resolv, []byte("nameserver 127.0.0.1\noptions timeout:30 attempts:1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		t.Fatal(err)
	}
	real, err := filepath.EvalSymlinks("/etc/resolv.conf")
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.Mount(resolv, real, "", unix.MS_BIND, ""); err != nil {
		t.Fatal(err)
	}
	conn, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 53})
	if err != nil {
		t.Fatal(err)
	}
	names := serveNames(conn)

	// -D: the program is this process's own child, and not strace's.
	command := os.Args[slices.Index(os.Args, "--")+1:]
	cmd := exec.CommandContext(t.Context(), "strace", append([]string{
		"-D", "-f", "--seccomp-bpf", "-s", "0", "-e", "trace=connect,sendto,sendmsg,sendmmsg,bind", "-o", filepath.Join(dir, "calls"), "--",
	}, command...)...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	cmd.SysProcAttr = &unix.SysProcAttr{Pdeathsig: unix.SIGKILL}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if err := writeWhole(filepath.Join(dir, "pid"), []byte(strconv.Itoa(cmd.Process.Pid))); err != nil {
		t.Fatal(err)
	}
	code := 0
	if err := cmd.Wait(); err != nil {
		code = 1
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			code = exit.ExitCode()
		}
	}
	data, err := json.Marshal(names())
	if err == nil {
		err = writeWhole(filepath.Join(dir, "names"), data)
	}
	if err != nil {
		t.Fatal(err)
	}
	os.Exit(code) // what the watched program said, and nothing of package testing
}

// writeWhole writes a file that others wait for.
func writeWhole(path string, data []byte) error {
	if err := os.WriteFile(path+".part", data, 0o600); err != nil {
		return err
	}
	return os.Rename(path+".part", path)
}

// loopbackUp switches on the one interface that a new network has.
func loopbackUp(t *testing.T) {
	t.Helper()
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(fd)
	lo, err := unix.NewIfreq("lo")
	if err != nil {
		t.Fatal(err)
	}
	lo.SetUint16(unix.IFF_UP | unix.IFF_RUNNING)
	if err := unix.IoctlIfreq(fd, unix.SIOCSIFFLAGS, lo); err != nil {
		t.Fatal(err)
	}
}

// serveNames answers every question for an address with the same one. The
// function that it returns tells what was asked for.
func serveNames(conn net.PacketConn) func() []string {
	var mu sync.Mutex
	asked := map[string]bool{}
	go func() {
		buf := make([]byte, 1500)
		for {
			n, from, err := conn.ReadFrom(buf)
			if err != nil {
				return
			}
			var m dnsmessage.Message
			if m.Unpack(buf[:n]) != nil || len(m.Questions) != 1 {
				continue
			}
			q := m.Questions[0]
			mu.Lock()
			asked[q.Name.String()] = true
			mu.Unlock()
			answer := dnsmessage.Message{
				Header:    dnsmessage.Header{ID: m.ID, Response: true, RecursionDesired: m.RecursionDesired, RecursionAvailable: true},
				Questions: m.Questions,
			}
			if q.Type == dnsmessage.TypeA {
				answer.Answers = []dnsmessage.Resource{{
					Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class, TTL: 60},
					Body:   &dnsmessage.AResource{A: [4]byte(net.ParseIP(everyName).To4())},
				}}
			}
			if packed, err := answer.Pack(); err == nil {
				_, _ = conn.WriteTo(packed, from)
			}
		}
	}()
	return func() []string {
		mu.Lock()
		defer mu.Unlock()
		names := []string{}
		for name := range asked {
			names = append(names, name)
		}
		slices.Sort(names)
		return names
	}
}

var (
	inet4 = regexp.MustCompile(`sa_family=AF_INET, sin_port=htons\((\d+)\), sin_addr=inet_addr\("([^"]+)"\)`)
	inet6 = regexp.MustCompile(`sa_family=AF_INET6, sin6_port=htons\((\d+)\).*?inet_pton\(AF_INET6, "([^"]+)"`)
	other = regexp.MustCompile(`sa_family=(\w+)`)
)

// want compares what the program did with the names that it may ask for and the
// addresses that it may speak to. "this computer" stands for ports of 127.0.0.1.
// Beside them there is only the name server.
func (s sight) want(t *testing.T, names, addresses []string) {
	t.Helper()
	var asked []string
	data, err := os.ReadFile(filepath.Join(s.dir, "names"))
	if err == nil {
		err = json.Unmarshal(data, &asked)
	}
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(asked, names) && len(asked)+len(names) > 0 {
		t.Errorf("the names %q were asked for, want %q", asked, names)
	}
	calls, err := os.ReadFile(filepath.Join(s.dir, "calls"))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for line := range strings.Lines(string(calls)) {
		m := inet4.FindStringSubmatch(line)
		if m == nil {
			m = inet6.FindStringSubmatch(line)
		}
		if m == nil {
			// The window system, the session bus, and the kernel itself.
			if f := other.FindStringSubmatch(line); f != nil && !slices.Contains([]string{"AF_UNIX", "AF_NETLINK", "AF_UNSPEC"}, f[1]) {
				found[f[1]] = true
			}
			continue
		}
		switch address := net.JoinHostPort(m[2], m[1]); {
		case strings.Contains(line, "bind("):
			if ip := net.ParseIP(m[2]); !ip.IsLoopback() && m[1] != "0" {
				found["bound to "+address] = true
			}
		case address == "127.0.0.1:53", m[1] == "0" && strings.Contains(line, "connect("): // a route that is looked up, with nothing sent
		case m[2] == "127.0.0.1":
			found["this computer"] = true
		default:
			found[address] = true
		}
	}
	var got []string
	for address := range found {
		got = append(got, address)
	}
	slices.Sort(got)
	if !slices.Equal(got, addresses) {
		t.Errorf("it spoke to %q, want %q", got, addresses)
	}
}
