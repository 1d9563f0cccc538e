package account_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"runtime"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

// TestSoak keeps 200 accounts open for two hours while Amazon misbehaves in
// every way that the pretend one knows. Clocks are those of package synctest,
// so two hours take as long as the work in them; requests go through real
// clients and a real server, over connections that stay in memory; the index
// lies in real files. In the end nothing must have piled up, and every account
// has a good token.
func TestSoak(t *testing.T) {
	const accounts, hours = 200, 2 * time.Hour
	synctest.Test(t, func(t *testing.T) {
		amazon := practice.New(practice.Options{})
		line := newWire()
		counted := &counter{next: amazon}
		server := &http.Server{Handler: counted}
		served := make(chan struct{})
		go func() {
			defer close(served)
			_ = server.Serve(line)
		}()
		client := &lwa.Client{
			TokenURL: "http://127.0.0.1:1/auth/o2/token",
			HTTP:     &http.Client{Transport: &http.Transport{DialContext: line.dial}},
		}

		store, err := account.Open(t.TempDir(), vault.NewMemory(), nil)
		if err != nil {
			t.Fatal(err)
		}
		sample := amazon.Sample()
		ids := make([]string, accounts)
		for i := range ids {
			saved, err := store.Save(t.Context(), account.Account{
				Marketplace: "JP", SellerID: fmt.Sprintf("A0EXAMPLE%04d", i), ClientID: sample.ClientID,
			}, account.Secrets{ClientSecret: sample.ClientSecret, RefreshToken: sample.RefreshToken})
			if err != nil {
				t.Fatal(err)
			}
			ids[i] = saved.ID
		}
		refresher := account.NewRefresher(store, client.Refresh, nil)
		ctx, stop := context.WithCancel(context.Background())
		stopped := make(chan struct{})
		go func() {
			defer close(stopped)
			refresher.Run(ctx)
		}()
		// misbehave is a bad time of so long: something else is wrong every two
		// minutes, and every tenth time nothing is.
		bad := misbehaviours()
		misbehave := func(during time.Duration, meanwhile func()) {
			for i := range int(during / (2 * time.Minute)) {
				amazon.SetFault("/auth/o2/token", bad[i%len(bad)])
				meanwhile()
				time.Sleep(2 * time.Minute)
			}
			amazon.ClearFaults()
		}
		// still looks at what there is while nothing is under way.
		still := func(when string) count {
			time.Sleep(15 * time.Minute) // longer than the longest pause
			synctest.Wait()
			c := counts(t)
			t.Logf("%s: %d requests so far, %d goroutines, %d open files, %.1f MB in use", when,
				counted.requests(), c.goroutines, c.files, float64(c.heap)/1e6)
			return c
		}
		began := time.Now()
		opened := 0
		misbehave(30*time.Minute, func() { // opened one after the other, as people do
			for ; opened < accounts && time.Since(began) >= time.Duration(opened)*8*time.Second; opened++ {
				refresher.Keep(ids[opened], lwa.Token{})
			}
		})
		before := still("45 minutes")
		misbehave(hours-time.Since(began)-15*time.Minute, func() {})
		after := still("2 hours")
		if after.goroutines > before.goroutines {
			t.Errorf("%d goroutines have become %d", before.goroutines, after.goroutines)
		}
		if after.files > before.files {
			t.Errorf("%d open files have become %d", before.files, after.files)
		}
		if after.heap > before.heap+before.heap/4 {
			t.Errorf("%d bytes in use have become %d", before.heap, after.heap)
		}
		for _, id := range ids {
			asked := counted.requests()
			if r, err := refresher.Token(ctx, id); err != nil || r.Token.Access.IsEmpty() || counted.requests() != asked {
				t.Errorf("account %s has no good token: %v", id, err)
			}
			if a, _ := store.Find(id); a.Problem != "" {
				t.Errorf("account %s is left with %s", id, a.Problem)
			}
		}
		t.Logf("%d of %d requests went wrong on purpose", counted.spoiled(), counted.requests())
		if counted.spoiled() < accounts {
			t.Error("Amazon has hardly misbehaved")
		}
		stop()
		<-stopped
		_ = server.Close()
		<-served
	})
}

// misbehaviours are what a bad afternoon is made of.
func misbehaviours() []practice.Fault {
	return []practice.Fault{
		{Status: http.StatusServiceUnavailable, Body: `{"error":"temporarily_unavailable"}`},
		{Status: http.StatusTooManyRequests, RetryAfter: "45", Body: `{"error":"slow_down"}`},
		{Reset: true},
		{CutOff: true},
		{Delay: 25 * time.Second},
		{Status: http.StatusBadGateway, ContentType: "text/html", Body: "<h1>502 Bad Gateway</h1>"},
		{Delay: 70 * time.Second},
		{Status: http.StatusOK, ContentType: "text/html", Body: "<html><title>Sign in to the hotel</title></html>"},
		{Status: http.StatusInternalServerError, CutOff: true, Body: `{"error":"server_error"}`},
		{}, // for once nothing
	}
}

// count is what must not pile up. Files are counted on Linux only: elsewhere
// what can be counted also grows with threads of the runtime. (In Wine there is
// a /proc, with some four files for each thread.)
type count struct {
	goroutines, files int
	heap              uint64
}

func counts(t *testing.T) count {
	t.Helper()
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	c := count{goroutines: runtime.NumGoroutine(), heap: m.HeapAlloc}
	if runtime.GOOS == "linux" {
		files, err := os.ReadDir("/proc/self/fd")
		if err != nil {
			t.Error(err)
		}
		c.files = len(files)
	}
	return c
}

// counter counts requests, and the answers that were no tokens.
type counter struct {
	next http.Handler

	mu       sync.Mutex
	all, bad int
}

func (c *counter) requests() int { c.mu.Lock(); defer c.mu.Unlock(); return c.all }
func (c *counter) spoiled() int  { c.mu.Lock(); defer c.mu.Unlock(); return c.bad }

func (c *counter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	c.all++
	c.bad++ // until it has gone well
	c.mu.Unlock()
	noted := &noting{ResponseWriter: w, status: http.StatusOK}
	c.next.ServeHTTP(noted, r) // leaves by a panic where the connection is cut
	if noted.status == http.StatusOK && noted.Header().Get("Content-Type") != "text/html" && !noted.taken {
		c.mu.Lock()
		c.bad--
		c.mu.Unlock()
	}
}

type noting struct {
	http.ResponseWriter
	status int
	taken  bool
}

func (n *noting) WriteHeader(status int) {
	n.status = status
	n.ResponseWriter.WriteHeader(status)
}

// Hijack notes that the connection is gone.
func (n *noting) Hijack() (c net.Conn, rw *bufio.ReadWriter, err error) {
	n.taken = true
	return http.NewResponseController(n.ResponseWriter).Hijack()
}

// Unwrap lets http.ResponseController reach the connection.
func (n *noting) Unwrap() http.ResponseWriter { return n.ResponseWriter }

// wire is a listener whose connections are in memory.
type wire struct {
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func newWire() *wire { return &wire{conns: make(chan net.Conn), done: make(chan struct{})} }

func (w *wire) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	here, there := net.Pipe()
	select {
	case w.conns <- there:
		return here, nil
	case <-w.done:
		return nil, errors.New("closed")
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (w *wire) Accept() (net.Conn, error) {
	select {
	case c := <-w.conns:
		return c, nil
	case <-w.done:
		return nil, io.EOF
	}
}

func (w *wire) Close() error {
	w.once.Do(func() { close(w.done) })
	return nil
}

func (w *wire) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1} }
