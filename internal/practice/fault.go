package practice

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"
)

// Fault makes a path answer as a server or a network in trouble does.
type Fault struct {
	// Delay comes before everything else; alone, it only makes the answer late.
	Delay time.Duration
	// Status replaces the answer by one with this status, RetryAfter,
	// ContentType (JSON if empty) and Body. What was asked for is not done.
	Status                        int
	RetryAfter, ContentType, Body string
	// CutOff ends the connection in the middle of the answer. Without a Status
	// that is the true answer: what was asked for is done, and a code is spent.
	CutOff bool
	// Reset ends the connection without an answer and without doing anything.
	Reset bool
	// Times is how many requests have the fault; 0 means all.
	Times int
}

// SetFault gives a path, such as /auth/o2/token, a fault in the place of the
// one it had.
func (s *Server) SetFault(path string, f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults[path] = f
}

// ClearFaults makes every path work again.
func (s *Server) ClearFaults() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.faults)
}

func (s *Server) takeFault(path string) Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.faults[path]
	switch {
	case f.Times > 1:
		left := f
		left.Times--
		s.faults[path] = left
	case f.Times == 1:
		delete(s.faults, path)
	}
	return f
}

// faulty answers a request that has a fault; it reports false when the request
// is to be answered as usual.
func (s *Server) faulty(w http.ResponseWriter, r *http.Request, f Fault) bool {
	if f.Delay > 0 {
		// The body has to be here before the server's patience ends, and a
		// client that goes away is noticed only after its body was read.
		body, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, http.StatusText(http.StatusRequestEntityTooLarge), http.StatusRequestEntityTooLarge)
			return true
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		wait := time.NewTimer(f.Delay)
		defer wait.Stop()
		select {
		case <-wait.C:
		case <-r.Context().Done():
			panic(http.ErrAbortHandler)
		case <-s.closed:
			panic(http.ErrAbortHandler)
		}
	}
	switch {
	case f.Reset:
		reset(w)
		return true
	case f.Status == 0 && !f.CutOff:
		return false
	}
	answer := &recording{header: make(http.Header), status: http.StatusOK}
	if f.Status == 0 {
		s.mux.ServeHTTP(answer, r)
	} else {
		writeFault(answer, f)
	}
	for name, values := range answer.header {
		w.Header()[name] = values
	}
	body := answer.body.Bytes()
	if f.CutOff {
		// One byte more than there is, so that even an empty body is cut.
		w.Header().Set("Content-Length", strconv.Itoa(len(body)+1))
		body = body[:len(body)/2]
	}
	w.WriteHeader(answer.status)
	_, _ = w.Write(body)
	if f.CutOff {
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
	return true
}

// recording keeps an answer, to be sent in part. (The recorder of
// net/http/httptest would bring a command line flag into the program.)
type recording struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (r *recording) Header() http.Header         { return r.header }
func (r *recording) WriteHeader(status int)      { r.status = status }
func (r *recording) Write(p []byte) (int, error) { return r.body.Write(p) }

func writeFault(w http.ResponseWriter, f Fault) {
	contentType := f.ContentType
	if contentType == "" {
		contentType = "application/json;charset=UTF-8"
	}
	w.Header().Set("Content-Type", contentType)
	if f.RetryAfter != "" {
		w.Header().Set("Retry-After", f.RetryAfter)
	}
	w.WriteHeader(f.Status)
	_, _ = w.Write([]byte(f.Body))
}

// reset closes the connection the hard way, so that the other side sees it
// reset rather than ended.
func reset(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if c, ok := conn.(*net.TCPConn); ok {
		_ = c.SetLinger(0)
	}
	_ = conn.Close()
}
