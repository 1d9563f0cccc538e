// Package practice is a pretend Amazon on this computer, as strict as the real
// one: the authorization page, the token endpoint, the sellers call, and the
// registration page of a pretend tool provider. Sellers practice with it, and
// tests run against it.
//
// Its values are made up, say so, and are worth nothing: Amazon refuses them.
package practice

import (
	"context"
	"crypto/rand"
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

// maxBody is far more than a request needs, in bytes.
const maxBody = 16 << 10

// Options configure a [Server]; each may be left out.
type Options struct {
	// Now is the clock for codes and tokens.
	Now func() time.Time
	// Home is the store whose account is signed in at first; Japan by default.
	Home lwa.Marketplace
	// Words gives the texts of the pages in a language ("en", "ja", "pt-BR").
	// Without it, pages show the ids.
	Words func(lang, id string) string
	// Logf gets the method, path and status of every request, never its
	// parameters, headers or body.
	Logf func(format string, args ...any)
}

// Server is the pretend Amazon. Make one with [New]; it is an [http.Handler],
// and [Server.Start] serves it as well.
type Server struct {
	now     func() time.Time
	home    lwa.Marketplace
	words   func(lang, id string) string
	logf    func(string, ...any)
	apps    []app
	pages   *template.Template
	mux     *http.ServeMux
	closed  chan struct{}
	closing sync.Once

	mu     sync.Mutex
	origin string
	server *http.Server
	hop    bool
	faults map[string]Fault
	// grants are the issued codes, hops the sign-ins at the tool provider that
	// haven't come back yet.
	grants  map[string]*grant
	hops    map[string]pending
	revoked map[[nonceLen]byte]bool
	// current are the client secrets by the numbers of their apps, retired when
	// those that were replaced end.
	current map[byte]string
	retired map[string]time.Time
	buckets map[string]bucket
}

// New returns a server that knows its apps and has issued no code.
func New(o Options) *Server {
	s := &Server{
		now: o.Now, home: o.Home, words: o.Words, logf: o.Logf,
		apps:    apps(),
		pages:   template.Must(template.New("").Option("missingkey=error").Parse(pagesHTML)),
		mux:     http.NewServeMux(),
		closed:  make(chan struct{}),
		faults:  make(map[string]Fault),
		grants:  make(map[string]*grant),
		hops:    make(map[string]pending),
		revoked: make(map[[nonceLen]byte]bool),
		current: make(map[byte]string),
		retired: make(map[string]time.Time),
		buckets: make(map[string]bucket),
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.home.Code == "" {
		s.home, _ = lwa.FindMarketplace("JP")
	}
	if s.words == nil {
		s.words = func(_, id string) string { return id }
	}
	if s.logf == nil {
		s.logf = func(string, ...any) {}
	}
	// A form on another site can't press Confirm.
	cross := http.NewCrossOriginProtection()
	s.mux.HandleFunc("GET "+consentPath, s.consent)
	s.mux.Handle("POST "+consentPath, cross.Handler(http.HandlerFunc(s.decide)))
	s.mux.HandleFunc("GET "+confirmPath+"{app}", s.confirm)
	s.mux.HandleFunc("GET "+loginPath, s.login)
	s.mux.HandleFunc("GET "+landingPath, s.landing)
	s.mux.HandleFunc("GET "+registerPath, s.registerForm)
	s.mux.Handle("POST "+registerPath, cross.Handler(http.HandlerFunc(s.register)))
	s.mux.HandleFunc(tokenPath, s.token)
	s.mux.HandleFunc("/sellers/", s.sellersAt(lwa.Endpoint{}))
	for _, region := range lwa.Regions() {
		for _, at := range []lwa.Endpoint{{Region: region}, {Region: region, Sandbox: true}} {
			s.mux.HandleFunc("/"+at.Host()+"/", s.sellersAt(at))
		}
	}
	return s
}

// Start serves on a loopback address, such as "127.0.0.1:0", until
// [Server.Close]. A server starts once.
func (s *Server) Start(addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("practice: %w", err)
	}
	if !lwa.IsLoopback(host) {
		return fmt.Errorf("practice: %s is not a loopback address", addr)
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
	// A hosts file can point "localhost" anywhere.
	if a, ok := listener.Addr().(*net.TCPAddr); !ok || !a.IP.IsLoopback() {
		_ = listener.Close()
		return fmt.Errorf("practice: %s is not a loopback address", addr)
	}
	s.origin = "http://" + listener.Addr().String()
	s.server = &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		// A fault may delay a response for longer than clients wait.
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

// Close stops serving and aborts requests. It may be called more than once.
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

// Origin returns "http://127.0.0.1:" and the port, or "" before [Server.Start].
func (s *Server) Origin() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.origin
}

// TokenURL returns the address of the token endpoint.
func (s *Server) TokenURL() string { return s.Origin() + tokenPath }

// SPAPIURL returns an SP-API endpoint that takes the place of any production one.
func (s *Server) SPAPIURL() string { return s.Origin() }

// RegionsURL returns the addresses of the SP-API's endpoints, with "{host}" for the
// host of one, as in BaseURL of spapi.Client. Each refuses sellers of other regions, and
// a sandbox the tokens of all apps but the sandbox app.
func (s *Server) RegionsURL() string { return s.Origin() + "/{host}" }

// RegistrationURL returns the registration page of the pretend tool provider.
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

	// Otherwise a website whose name resolves to this computer could read the
	// responses (DNS rebinding).
	if !isLoopbackHost(r.Host) {
		http.Error(watched, http.StatusText(http.StatusMisdirectedRequest), http.StatusMisdirectedRequest)
		return
	}
	r.Body = http.MaxBytesReader(watched, r.Body, maxBody)
	h := watched.Header()
	// The same clock as for codes and tokens.
	h.Set("Date", s.now().UTC().Format(http.TimeFormat))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	// Not no-referrer, with which older browsers send forms with the origin
	// "null", as from another site.
	h.Set("Referrer-Policy", "same-origin")
	fault := s.takeFault(r.URL.Path)
	if fault == (Fault{}) && strings.HasSuffix(r.URL.Path, sellersPath) && r.URL.Path != sellersPath {
		fault = s.takeFault(sellersPath) // of all regions
	}
	if !s.faulty(watched, r, fault) {
		s.mux.ServeHTTP(watched, r)
	}
}

// originOf is the origin of this server as the browser sees it.
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

// logPath returns a path of ours; others may contain a secret.
func logPath(path string) string {
	switch path {
	case consentPath, loginPath, landingPath, registerPath, tokenPath, sellersPath:
		return path
	}
	if strings.HasSuffix(path, ".amazon.com"+sellersPath) {
		return sellersPath
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

// isLoopbackHost reads a Host header, with or without a port.
func isLoopbackHost(host string) bool {
	u, err := url.Parse("http://" + host)
	return err == nil && u.Host == host && lwa.IsLoopback(u.Hostname())
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
