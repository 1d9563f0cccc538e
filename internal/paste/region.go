package paste

import (
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

// marketOf returns the marketplace ID of a country code.
func marketOf(code string) (string, bool) {
	m, ok := lwa.FindMarketplace(code)
	return m.ID, ok
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
		code := s[i : i+2]
		if !isLetter(code[0]) || !isLetter(code[1]) || i+2 < len(s) && (isLetter(s[i+2]) && s[i+2]|0x20 == s[i+2]) {
			continue
		}
		upper := code == strings.ToUpper(code)
		camel := i > 0 && code[0] < 'a' && code[1] >= 'a' && s[i-1] >= 'a' && isLetter(s[i-1])
		if i > 0 && isLetter(s[i-1]) && !camel || upper && i+2 < len(s) && isLetter(s[i+2]) || !upper && !identifier {
			continue
		}
		region := lwa.Region(regionCode(code))
		if region == "" {
			m, ok := lwa.FindMarketplace(code)
			if !ok || !upper && !camel && m.Code != "US" && m.Code != "JP" && m.Code != "UK" {
				continue // "de", "in", "it" are words
			}
			region = m.Region
		}
		if !add(region) {
			return ""
		}
	}
	return found
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

// headingRegion looks through the lines above a token, up to the one before it,
// for a heading, a section or the key of a block that tells a region.
func (s *scan) headingRegion(x sighting) string {
	const far, longest = 2048, 60
	top := max(0, x.start-far)
	for _, t := range s.tokens {
		if t.end < x.start {
			top = max(top, t.end)
		}
	}
	above := s.text[top:x.start]
	for above != "" {
		i := strings.LastIndexByte(above, '\n')
		line := strings.TrimSpace(above[i+1:])
		above = above[:max(i, 0)]
		if line == "" || len(line) > longest || !isHeading(line) {
			continue
		}
		if r := regionIn(strings.Trim(line, "#/;*-=[]【】■◆●{}()<>\"': \t")); r != "" {
			return r
		}
	}
	return ""
}

// isHeading tells a heading, section or key of a block from an assignment.
func isHeading(line string) bool {
	if isComment(line) || strings.HasPrefix(line, "[") || strings.HasPrefix(line, "【") || strings.HasPrefix(line, "■") || strings.HasPrefix(line, "*") {
		return !strings.Contains(line, "=") && !strings.Contains(line, `":`)
	}
	if strings.IndexByte(":{[(", line[len(line)-1]) >= 0 {
		return true
	}
	return !strings.ContainsAny(line, "=:\"'|")
}
