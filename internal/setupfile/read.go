package setupfile

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
)

const byteOrderMark = "\ufeff"

// ReadFile reads the setup file at path. Errors are [*Error]; an error of the
// file system has a single problem without a key.
func (r Rules) ReadFile(path string) (File, error) {
	fail := func(err error) (File, error) {
		e := refuse(KindFailed)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			e = refuse(KindNotFound)
		case errors.Is(err, fs.ErrPermission):
			e = refuse(KindRefused)
		}
		e.cause = err
		return File{}, e
	}
	// Check first: opening a named pipe would block until it has a writer.
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return fail(err)
	case !info.Mode().IsRegular():
		return File{}, refuse(KindNotAFile)
	}
	f, err := os.Open(path)
	if err != nil {
		return fail(err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxSize+1))
	if err != nil {
		return fail(err)
	}
	return r.Read(data)
}

// Read reads a setup file. Errors are [*Error]. A file with a secret in it is
// refused for that alone, so that no part of it can get into another message.
// Of many problems, the first [maxProblems] are reported. An entry of a wrong
// type is reported before the content of the others is checked.
func (r Rules) Read(data []byte) (File, error) {
	text, err := plainText(data)
	if err != nil {
		return File{}, err
	}
	var tree map[string]any
	if err := toml.Unmarshal([]byte(text), &tree); err != nil {
		return File{}, refuseAt(KindBadTOML, "", lineOf(err))
	}
	s := scan([]byte(text))
	if s.secret > 0 {
		return File{}, refuseAt(KindSecretInside, "", s.secret)
	}
	if v, ok := tree["version"].(int64); ok && v > Version {
		return File{}, refuseAt(KindNewerVersion, "version", s.lines["version"])
	}
	problems := s.problems
	var f File
	if !slices.ContainsFunc(problems, func(p Problem) bool { return p.Kind == KindWrongType }) {
		if err := toml.Unmarshal([]byte(text), &f); err != nil {
			return File{}, refuseAt(KindWrongType, "", lineOf(err))
		}
		switch {
		case s.lines["version"] == 0:
			problems = append(problems, Problem{Kind: KindNoVersion, Key: "version"})
		case f.Version < 1:
			problems = append(problems, Problem{Kind: KindWrongType, Key: "version"})
		}
		for _, p := range r.check(f) {
			if !within(problems, p.Key) {
				problems = append(problems, p)
			}
		}
	}
	if len(problems) == 0 {
		return f, nil
	}
	for i := range problems {
		problems[i].Line = s.line(problems[i].Key)
	}
	slices.SortStableFunc(problems, func(a, b Problem) int { return a.Line - b.Line })
	return File{}, &Error{Problems: problems[:min(len(problems), maxProblems)]}
}

// plainText returns a file without its byte order mark, if it is one that is
// worth parsing.
func plainText(data []byte) (string, error) {
	if len(data) > maxSize {
		return "", refuse(KindTooLarge)
	}
	if !utf8.Valid(data) {
		return "", refuse(KindNotUTF8)
	}
	text := strings.TrimPrefix(string(data), byteOrderMark)
	if strings.TrimSpace(text) == "" {
		return "", refuse(KindEmpty)
	}
	if line := secretLine(text); line > 0 {
		return "", refuseAt(KindSecretInside, "", line)
	}
	return text, nil
}

// lineOf returns the line of an error of go-toml. The error itself is dropped:
// its message quotes the file.
func lineOf(err error) int {
	var e *toml.DecodeError
	if !errors.As(err, &e) {
		return 0
	}
	line, _ := e.Position()
	return line
}
