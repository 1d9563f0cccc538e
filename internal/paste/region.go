package paste

import (
	"slices"
	"strings"

	"github.com/sellerkey/sellerkey/lwa"
)

// regionCode returns "na", "eu" or "fe" if s is one of them in any case.
func regionCode(s string) string {
	switch s = strings.ToLower(s); s {
	case "na", "eu", "fe":
		return s
	}
	return ""
}

// awsRegion translates the AWS regions that stand for those of the SP-API
// (https://developer-docs.amazon.com/sp-api/docs/sp-api-endpoints).
func awsRegion(s string) (string, bool) {
	for aws, region := range map[string]lwa.Region{"us-east-1": lwa.NorthAmerica, "eu-west-1": lwa.Europe, "us-west-2": lwa.FarEast} {
		if strings.EqualFold(s, aws) {
			return string(region), true
		}
	}
	return "", false
}

// regionNames are the words for a region in names, headings and comments.
func regionNames() map[string]lwa.Region {
	return map[string]lwa.Region{
		"northamerica": lwa.NorthAmerica, "north america": lwa.NorthAmerica, "north_america": lwa.NorthAmerica, "américa do norte": lwa.NorthAmerica, "america do norte": lwa.NorthAmerica,
		"北米": lwa.NorthAmerica, "アメリカ": lwa.NorthAmerica, "米国": lwa.NorthAmerica, "usa": lwa.NorthAmerica, "united states": lwa.NorthAmerica, "estados unidos": lwa.NorthAmerica,
		"canada": lwa.NorthAmerica, "mexico": lwa.NorthAmerica, "brazil": lwa.NorthAmerica, "brasil": lwa.NorthAmerica, "ブラジル": lwa.NorthAmerica,
		"europe": lwa.Europe, "europa": lwa.Europe, "欧州": lwa.Europe, "ヨーロッパ": lwa.Europe, "germany": lwa.Europe, "united kingdom": lwa.Europe, "ドイツ": lwa.Europe, "イギリス": lwa.Europe, "alemanha": lwa.Europe,
		"fareast": lwa.FarEast, "far east": lwa.FarEast, "far_east": lwa.FarEast, "extremo oriente": lwa.FarEast, "極東": lwa.FarEast,
		"日本": lwa.FarEast, "japan": lwa.FarEast, "japão": lwa.FarEast, "japao": lwa.FarEast, "australia": lwa.FarEast, "singapore": lwa.FarEast, "オーストラリア": lwa.FarEast, "シンガポール": lwa.FarEast,
	}
}

// regionIn returns the one region that a name or heading tells, "" for none or
// several. Codes of two letters count in capitals, and in any case as a part of
// an identifier such as refresh_token_eu or refreshTokenEu.
func regionIn(s string) string {
	found := ""
	add := func(r lwa.Region) bool {
		if found != "" && found != string(r) {
			return false
		}
		found = string(r)
		return true
	}
	lower := strings.ToLower(s)
	for name, region := range regionNames() {
		if strings.Contains(lower, name) && !add(region) {
			return ""
		}
	}
	identifier := !strings.ContainsAny(strings.TrimSpace(s), " \t")
	for i := 0; i+2 <= len(s); i++ {
		if region := codeAt(s, i, identifier); region != "" && !add(region) {
			return ""
		}
	}
	return found
}

// codeAt is the region of the code of a region or country at s[i], "" for none.
func codeAt(s string, i int, identifier bool) lwa.Region {
	code := s[i : i+2]
	upper, lower := code == strings.ToUpper(code), code == strings.ToLower(code)
	camel := !upper && !lower && code[0] < 'a' && i > 0 && s[i-1] >= 'a' && isLetter(s[i-1]) // refreshTokenEu
	before, after := i > 0 && isLetter(s[i-1]), i+2 < len(s) && isLetter(s[i+2]) && (upper || s[i+2] >= 'a')
	if !isLetter(code[0]) || !isLetter(code[1]) || !upper && !identifier || before && !camel || after {
		return ""
	}
	if region := regionCode(code); region != "" {
		return lwa.Region(region)
	}
	m, ok := lwa.FindMarketplace(code)
	if !ok || !upper && !camel && !slices.Contains([]string{"US", "JP", "UK"}, m.Code) {
		return "" // "de", "in", "it" are words
	}
	return m.Region
}

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

// headings goes through what stands above a value, up to the token before it:
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
