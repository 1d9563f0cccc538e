package practice

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"
)

// Fault makes a path respond like a server or network in trouble.
type Fault struct {
	// Delay comes before everything else. Alone, it only delays the response.
	Delay time.Duration
	// Status replaces the response by one with this status, RetryAfter,
	// ContentType (JSON if empty) and Body. The request has no effect.
	Status                        int
	RetryAfter, ContentType, Body string
	// CutOff ends the connection in the middle of the response. Without a
	// Status the request takes effect: a code is used up.
	CutOff bool
	// Reset ends the connection without a response. The request has no effect.
	Reset bool
	// Times is how many requests have the fault; 0 means all.
	Times int
}

// SetFault sets the fault of a path such as /auth/o2/token. It replaces an
// earlier one.
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

// faulty responds to a request that has a fault. It returns false when the
// normal response must follow.
func (s *Server) faulty(w http.ResponseWriter, r *http.Request, f Fault) bool {
	if f.Delay > 0 {
		// Read the body before the server's timeout. Only then does net/http
		// notice a client that goes away.
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
	response := &recording{header: make(http.Header), status: http.StatusOK}
	if f.Status == 0 {
		s.mux.ServeHTTP(response, r)
	} else {
		writeFault(response, f)
	}
	for name, values := range response.header {
		w.Header()[name] = values
	}
	body := response.body.Bytes()
	if f.CutOff {
		// One byte too many, so that even an empty body is cut off.
		w.Header().Set("Content-Length", strconv.Itoa(len(body)+1))
		body = body[:len(body)/2]
	}
	w.WriteHeader(response.status)
	_, _ = w.Write(body)
	if f.CutOff {
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
	return true
}

// recording records a response, to send part of it. (net/http/httptest has one,
// but adds a command-line flag to the program.)
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

// reset makes the other side see a connection reset instead of a normal close.
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
