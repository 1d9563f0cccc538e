package paste

import (
	"slices"
	"strings"
	"unicode"

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

// awsRegion translates the AWS regions that correspond to those of the SP-API
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
		"北米": lwa.NorthAmerica, "アメリカ": lwa.NorthAmerica, "米国": lwa.NorthAmerica, "united states": lwa.NorthAmerica, "estados unidos": lwa.NorthAmerica,
		"canada": lwa.NorthAmerica, "canadá": lwa.NorthAmerica, "mexico": lwa.NorthAmerica, "méxico": lwa.NorthAmerica, "brazil": lwa.NorthAmerica, "brasil": lwa.NorthAmerica, "ブラジル": lwa.NorthAmerica,
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
	fields := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) || r >= 0x250 })
	identifier := !strings.ContainsAny(strings.TrimSpace(s), " \t")
	shouting := s == strings.ToUpper(s)
	for i, word := range fields {
		inside := i > 0 && i+1 < len(fields)
		if region := codeRegion(word, identifier, shouting && inside && !identifier); region != "" && !add(region) {
			return ""
		}
	}
	return found
}

// codeRegion is the region of the code of a region or country that a word is or,
// as in refreshTokenEu, ends with; "" for none. In a line of capitals some codes
// are also words: "TOKEN DE ATUALIZAÇÃO", "IN USE".
func codeRegion(word string, identifier, sentence bool) lwa.Region {
	if n := len(word) - 2; n > 0 && identifier && word[n-1] >= 'a' && word[n] >= 'A' && word[n] <= 'Z' {
		word = strings.ToUpper(word[n:])
	}
	code := strings.ToUpper(word)
	upper := word == code
	switch {
	case len(code) != 2 && code != "USA", !upper && !identifier, sentence && slices.Contains([]string{"DE", "IN", "IT", "BE", "SE", "NA", "EU"}, code):
		return ""
	case code == "USA":
		code = "US"
	}
	if region := regionCode(code); region != "" {
		return lwa.Region(region)
	}
	m, ok := lwa.FindMarketplace(code)
	if !ok || !upper && !slices.Contains([]string{"US", "JP", "UK"}, m.Code) {
		return "" // "de", "in", "it" are words
	}
	return m.Region
}
