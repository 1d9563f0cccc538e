package account

import (
	"bufio"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/sellerkey/sellerkey/internal/disk"
)

const (
	// claimPatience is how long a second start waits for a first one that says
	// nothing.
	claimPatience = 3 * time.Second
	// closingPatience is how long it waits for one that says it is closing: that
	// one may still be saving, and then this one takes its place.
	closingPatience = 20 * time.Second
	// answerPatience is how long one call may take.
	answerPatience = time.Second
	// longestSocket is what every system takes as the path of a unix socket
	// (macOS 103 bytes, Linux 107).
	longestSocket = 100
	// longestCall is more than the longest path of any system, escaped.
	longestCall = 512 << 10
)

// ErrNoAnswer: another SellerKey owns the folder and does not come to the front.
var ErrNoAnswer = errors.New("account: the running SellerKey does not answer")

// errClosing: the owner's window is gone, and the folder will soon be nobody's.
var errClosing = errors.New("account: the running SellerKey is closing")

// What an owner answers.
const (
	answerShown   = "shown\n"
	answerClosing = "closing\n"
)

// Claim makes this process the one that owns dir, which it makes when it is
// missing. When another process owns it, that one is asked to show its window
// and to open file, "" for none, and first is false. show runs in its own
// goroutine for every later start, with the file of that start, and reports
// whether the seller will see it: false once the window is closing. Then that
// start waits until the folder is free and becomes its owner. show answers
// within half a second. release may be called more than once.
//
// With first true and an error, the process owns dir and cannot be called to
// the front; with first false and an error ([ErrNoAnswer]) the other one did
// not answer. Nothing but the wish to show and the file's path travels between
// the two.
func Claim(dir, file string, show func(file string) bool) (release func(), first bool, err error) {
	if file != "" {
		// The other one may have been started in another folder.
		if full, err := filepath.Abs(file); err == nil {
			file = full
		}
	}
	socket := filepath.Join(dir, "instance.sock")
	// Windows knows unix sockets since 2018 only, and no path is too long for
	// a port.
	port := runtime.GOOS == "windows" || len(socket) > longestSocket
	return claim(endpoint{dir: dir, socket: socket, port: port}, file, show)
}

// Unclaim removes the files of [Claim] from a folder that nobody owns any more.
func Unclaim(dir string) {
	for _, path := range matches(dir, "instance.*") {
		_ = disk.Remove(path)
	}
}

// endpoint is where the owner of a folder listens.
type endpoint struct {
	dir, socket string
	// port: a loopback port, whose number and password lie in a file that only
	// this user can read, in the place of a unix socket.
	port bool
}

func claim(e endpoint, file string, show func(file string) bool) (release func(), first bool, err error) {
	if err := os.MkdirAll(e.dir, 0o700); err != nil {
		return func() {}, true, err
	}
	lock, err := os.OpenFile(filepath.Join(e.dir, "instance.lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return func() {}, true, err
	}
	began, patience := time.Now(), claimPatience
	for ; ; time.Sleep(50 * time.Millisecond) {
		ok, err := disk.TryLock(lock)
		if err != nil {
			_ = lock.Close()
			return func() {}, true, err
		}
		if ok {
			break
		}
		err = e.call(file)
		if err == nil {
			_ = lock.Close()
			return func() {}, false, nil
		}
		if errors.Is(err, errClosing) {
			patience = closingPatience
		}
		if time.Since(began) > patience {
			_ = lock.Close()
			return func() {}, false, ErrNoAnswer
		}
	}
	l, token, err := e.listen()
	if err != nil {
		return sync.OnceFunc(func() { _ = lock.Close() }), true, err
	}
	go serve(l, token, show)
	return sync.OnceFunc(func() {
		_ = l.Close()
		_ = lock.Close()
	}), true, nil
}

func (e endpoint) file() string { return filepath.Join(e.dir, "instance.port") }

// listen opens the endpoint. The caller owns the folder, so what lies there is
// of an owner that died.
func (e endpoint) listen() (net.Listener, string, error) {
	if !e.port {
		_ = os.Remove(e.socket)
		l, err := net.Listen("unix", e.socket)
		return l, "", err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, "", err
	}
	token := rand.Text()
	if err := disk.Write(e.file(), []byte(l.Addr().String()+"\n"+token+"\n"), 0o600); err != nil {
		_ = l.Close()
		return nil, "", err
	}
	return l, token, nil
}

// serve calls show for whoever asks and knows the token.
func serve(l net.Listener, token string, show func(file string) bool) {
	for {
		c, err := l.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			time.Sleep(100 * time.Millisecond)
			continue
		}
		go func() {
			defer c.Close()
			_ = c.SetDeadline(time.Now().Add(answerPatience))
			line, err := bufio.NewReader(io.LimitReader(c, longestCall)).ReadString('\n')
			if err != nil {
				return
			}
			wish, path, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
			file, err := url.PathUnescape(path)
			if err != nil || subtle.ConstantTimeCompare([]byte(wish), []byte("show "+token)) != 1 {
				return
			}
			answer := answerClosing
			if show(file) {
				answer = answerShown
			}
			_, _ = io.WriteString(c, answer)
		}()
	}
}

// call asks the owner to show its window and to open a file.
func (e endpoint) call(file string) error {
	network, address, token := "unix", e.socket, ""
	if e.port {
		data, err := os.ReadFile(e.file())
		if err != nil {
			return err
		}
		lines := strings.Fields(string(data))
		if len(lines) != 2 || !strings.HasPrefix(lines[0], "127.0.0.1:") {
			return errors.New("not a port file")
		}
		network, address, token = "tcp", lines[0], lines[1]
	}
	c, err := net.DialTimeout(network, address, answerPatience)
	if err != nil {
		return err
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(answerPatience))
	letComeForward()
	// Escaped: a path may hold anything but a NUL.
	if _, err := fmt.Fprintf(c, "show %s\t%s\n", token, url.PathEscape(file)); err != nil {
		return err
	}
	answer, err := bufio.NewReader(io.LimitReader(c, 128)).ReadString('\n')
	if err != nil {
		return err
	}
	switch answer {
	case answerShown:
		return nil
	case answerClosing:
		return errClosing
	}
	return errors.New("a strange answer")
}
