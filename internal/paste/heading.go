package paste

import "strings"

// regionOf tells the region of a token by its name, a comment behind it or the
// headings above it.
func (s *scan) regionOf(x sighting) string {
	if r := regionIn(x.label); r != "" {
		return r
	}
	after, _, _ := strings.Cut(s.text[x.end:min(len(s.text), x.end+maxBack)], "\n")
	if i := strings.IndexAny(after, "#/("); i >= 0 {
		if r := regionIn(after[i:]); r != "" {
			return r
		}
	}
	return s.headingRegion(x)
}

// headingRegion is the region of the nearest heading that tells one.
func (s *scan) headingRegion(x sighting) (region string) {
	s.headings(x, func(line string) bool {
		region = regionIn(line)
		return region != ""
	})
	return region
}

// headings goes through what is above a value, up to the token before it:
// headings, sections and the keys of blocks, also on the value's own line, until
// found returns true.
func (s *scan) headings(x sighting, found func(line string) bool) {
	const far, longest = 2048, 60
	top := max(0, x.start-far)
	for _, t := range s.tokens {
		if t.end < x.start {
			top = max(top, t.end)
		}
	}
	above := s.text[top:x.start]
	own := above[strings.LastIndexByte(above, '\n')+1:]
	above = above[:len(above)-len(own)]
	if i := strings.LastIndexAny(own, "{[("); i >= 0 && found(strings.Trim(own[:i], headingMarks)) {
		return
	}
	for above != "" {
		above = strings.TrimRight(above, " \t\n")
		i := strings.LastIndexByte(above, '\n')
		line := strings.TrimSpace(above[i+1:])
		above = above[:max(i, 0)]
		if line != "" && len(line) <= longest && isHeading(line) && found(strings.Trim(line, headingMarks)) {
			return
		}
	}
}

// headingMarks are what headings and sections are drawn with.
const headingMarks = "#/;*-=[]【】■◆●{}()<>,\"': \t"

// isHeading tells a heading, section or key of a block from an assignment.
func isHeading(line string) bool {
	if strings.Contains(line, "://") {
		return false
	}
	if isComment(line) || strings.HasPrefix(line, "[") || strings.HasPrefix(line, "【") || strings.HasPrefix(line, "■") || strings.HasPrefix(line, "*") {
		return !strings.Contains(line, "=") && !strings.Contains(line, `":`)
	}
	if strings.IndexByte(":{[(", line[len(line)-1]) >= 0 {
		return true
	}
	return !strings.ContainsAny(line, "=:\"'|")
}
