// Package practice is a pretend Amazon on this computer, as strict as the real
// one: the permission page, the token endpoint, the sellers call and, beyond
// Amazon, the registration page of a pretend tool provider. Sellers rehearse
// with it and tests run against it.
//
// It gives out nothing that is worth anything: every value is made up, says so,
// and is refused by Amazon.
package practice

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"html/template"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/sellerkey/sellerkey/lwa"
)

const (
	consentPath  = "/apps/authorize/consent"
	confirmPath  = "/apps/authorize/confirm/"
	loginPath    = "/login"
	landingPath  = "/landing"
	registerPath = "/register"
	tokenPath    = "/auth/o2/token"
	sellersPath  = "/sellers/v1/marketplaceParticipations"
)

// maxBody is far more than any request needs.
const maxBody = 16 << 10

// Options are what a [Server] gets from outside; each may be left out.
type Options struct {
	// Now is the clock that codes and tokens live by.
	Now func() time.Time
	// Home is where the pretend seller sells: Japan, Brazil or the United States.
	// Japan, as in the guide that came first, if it is none of these.
	Home lwa.Marketplace
	// Words gives the texts of the pages in a language ("en", "ja", "pt-BR").
	// Without it, pages show the ids.
	Words func(lang, id string) string
	// Logf hears of every request: its method, path and status, and never its
	// parameters, headers or body.
	Logf func(format string, args ...any)
}

// Server is the pretend Amazon. Make one with [New]; it is an [http.Handler],
// and [Server.Start] serves it as well.
type Server struct {
	now   func() time.Time
	home  lwa.Marketplace
	words func(lang, id string) string
	logf  func(string, ...any)
	apps  []app
	pages *template.Template
	mux   *http.ServeMux
	cross *http.CrossOriginProtection
	// pageKey signs what pages send back; a page of an earlier server is stale.
	pageKey []byte
	closed  chan struct{}
	closing sync.Once

	mu     sync.Mutex
	origin string
	server *http.Server
	hop    bool
	faults map[string]Fault
	// grants are the codes given out, hops the sign-ins at the tool provider
	// that have not come back yet.
	grants  map[string]*grant
	hops    map[string]pending
	revoked map[[nonceLen]byte]bool
	buckets map[string]bucket
}

// New returns a server that knows its apps and has given out nothing.
func New(o Options) *Server {
	s := &Server{
		now: o.Now, home: o.Home, words: o.Words, logf: o.Logf,
		apps:    apps(),
		pages:   template.Must(template.New("").Option("missingkey=error").Parse(pagesHTML)),
		mux:     http.NewServeMux(),
		cross:   http.NewCrossOriginProtection(),
		pageKey: make([]byte, sha256.Size),
		closed:  make(chan struct{}),
		faults:  make(map[string]Fault),
		grants:  make(map[string]*grant),
		hops:    make(map[string]pending),
		revoked: make(map[[nonceLen]byte]bool),
		buckets: make(map[string]bucket),
	}
	_, _ = rand.Read(s.pageKey) // never fails
	if s.now == nil {
		s.now = time.Now
	}
	if storesOf(s.home.Code) == nil {
		s.home, _ = lwa.FindMarketplace("JP")
	}
	if s.words == nil {
		s.words = func(_, id string) string { return id }
	}
	if s.logf == nil {
		s.logf = func(string, ...any) {}
	}
	s.mux.HandleFunc("GET "+consentPath, s.consent)
	s.mux.HandleFunc("POST "+consentPath, s.decide)
	s.mux.HandleFunc("GET "+confirmPath+"{app}", s.confirm)
	s.mux.HandleFunc("GET "+loginPath, s.login)
	s.mux.HandleFunc("GET "+landingPath, s.landing)
	s.mux.HandleFunc("GET "+registerPath, s.registerForm)
	s.mux.HandleFunc("POST "+registerPath, s.register)
	s.mux.HandleFunc(tokenPath, s.token)
	s.mux.HandleFunc("/sellers/", s.sellers)
	return s
}

// Start serves on a loopback address, such as "127.0.0.1:0", until
// [Server.Close]. A server starts once.
func (s *Server) Start(addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("practice: %w", err)
	}
	if !isLoopback(host) {
		return fmt.Errorf("practice: %s is not on this computer alone", addr)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case <-s.closed:
		return errors.New("practice: closed")
	default:
	}
	if s.server != nil {
		return errors.New("practice: already started")
	}
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", addr)
	if err != nil {
		return fmt.Errorf("practice: %w", err)
	}
	// "localhost" is whatever a hosts file says it is.
	if a, ok := listener.Addr().(*net.TCPAddr); !ok || !a.IP.IsLoopback() {
		_ = listener.Close()
		return fmt.Errorf("practice: %s is not on this computer alone", addr)
	}
	s.origin = "http://" + listener.Addr().String()
	s.server = &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		// A fault may delay an answer by more than clients wait.
		WriteTimeout:   2 * time.Minute,
		IdleTimeout:    30 * time.Second,
		MaxHeaderBytes: 32 << 10,
		// net/http's own log could quote what was sent.
		ErrorLog: log.New(io.Discard, "", 0),
	}
	go func(server *http.Server) {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			s.logf("practice: %v", err)
		}
	}(s.server)
	return nil
}

// Close stops serving and cuts off what is under way. It may be called more
// than once.
func (s *Server) Close() error {
	s.closing.Do(func() { close(s.closed) })
	s.mu.Lock()
	server := s.server
	s.mu.Unlock()
	if server == nil {
		return nil
	}
	return server.Close()
}

// Origin is where the server was started, "http://127.0.0.1:" and a port; ""
// before that.
func (s *Server) Origin() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.origin
}

// TokenURL stands for Amazon's token endpoint.
func (s *Server) TokenURL() string { return s.Origin() + tokenPath }

// SPAPIURL stands for the endpoint of every region.
func (s *Server) SPAPIURL() string { return s.Origin() }

// RegistrationURL is the registration page of the pretend tool provider.
func (s *Server) RegistrationURL() string { return s.Origin() + registerPath }

// SetLoginHop makes Confirm lead to the tool provider's sign-in page first, as
// Amazon does for some apps. &practice_hop=1 does so for one permission page.
func (s *Server) SetLoginHop(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hop = on
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	watched := &statusWriter{ResponseWriter: w, status: http.StatusOK}
	defer func() { s.logf("practice: %s %s %d", logMethod(r.Method), logPath(r.URL.Path), watched.status) }()

	// A page elsewhere whose name is made to point to this computer would
	// otherwise read the answers (DNS rebinding).
	if !isLoopbackHost(r.Host) {
		http.Error(watched, http.StatusText(http.StatusMisdirectedRequest), http.StatusMisdirectedRequest)
		return
	}
	r.Body = http.MaxBytesReader(watched, r.Body, maxBody)
	h := watched.Header()
	// The clock of the answers is the one that codes and tokens live by.
	h.Set("Date", s.now().UTC().Format(http.TimeFormat))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	if !s.faulty(watched, r, s.takeFault(r.URL.Path)) {
		s.mux.ServeHTTP(watched, r)
	}
}

// originOf is the address under which the asking browser knows this server.
func originOf(r *http.Request) string { return "http://" + r.Host }

type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// logPath is a path if it is one of ours: somebody may have put a secret into
// another.
func logPath(path string) string {
	switch path {
	case consentPath, loginPath, landingPath, registerPath, tokenPath, sellersPath:
		return path
	}
	if strings.HasPrefix(path, confirmPath) {
		return confirmPath
	}
	return "(another path)"
}

func logMethod(method string) string {
	switch method {
	case http.MethodGet, http.MethodPost, http.MethodHead, http.MethodPut, http.MethodOptions, http.MethodDelete, http.MethodPatch:
		return method
	}
	return "(another method)"
}

func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// isLoopbackHost reads a Host header, with or without a port.
func isLoopbackHost(host string) bool {
	u, err := url.Parse("http://" + host)
	return err == nil && u.Host == host && isLoopback(u.Hostname())
}

// sign returns a signature of parts, none of which can run into the next.
func sign(key []byte, parts ...string) []byte {
	mac := hmac.New(sha256.New, key)
	for _, p := range parts {
		fmt.Fprintf(mac, "%d:%s", len(p), p)
	}
	return mac.Sum(nil)
}

// randomText returns n random characters of an alphabet of up to 64.
func randomText(n int, alphabet string) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails
	for i := range b {
		b[i] = alphabet[int(b[i])%len(alphabet)]
	}
	return string(b)
}
