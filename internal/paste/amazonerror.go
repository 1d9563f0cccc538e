package paste

import (
	"slices"
	"strings"

	"github.com/sellerkey/sellerkey/lwa"
)

// AmazonError is an error code of Amazon's authorization page.
type AmazonError struct {
	Code string
	Who  lwa.Actor
	// Fix is what the app can do about it by itself.
	Fix Fix
}

// Fix is what the app itself can do about an error of the authorization page.
type Fix string

// The fixes.
const (
	FixNone             Fix = ""
	FixDraftOn          Fix = "draft_on" // add version=beta
	FixCheckApp         Fix = "check_app"
	FixDropRedirectURI  Fix = "drop_redirect_uri"
	FixOtherMarketplace Fix = "other_marketplace"
	FixReopen           Fix = "reopen"
)

// AmazonErrors returns the known codes, the commonest first, for a list to
// pick from. Amazon documents about half of them
// (https://developer-docs.amazon.com/sp-api/docs/authorization-errors); the
// others rest on Amazon's replies and on what people found out in the threads
// that are named.
func AmazonErrors() []AmazonError {
	return []AmazonError{
		// A draft app without version=beta; also a link that lost its parameters.
		{"MD1000", lwa.ActorSeller, FixDraftOn},
		// The redirect URI is not among the registered ones.
		{"MD5101", lwa.ActorSeller, FixDropRedirectURI},
		// The redirect URI has a fragment.
		{"MD5110", lwa.ActorSeller, FixDropRedirectURI},
		// Login URI and redirect URI must both be registered; or a hybrid app
		// without an MWS account for the region (docs#1926, docs#1601).
		{"MD5100", lwa.ActorAppOwner, FixDropRedirectURI},
		{"MD9100", lwa.ActorAppOwner, FixNone},
		// Not eligible: first version=beta (models#2158, docs#715, docs#1160), then
		// missing OAuth URIs (docs#342), then the region (docs#3349).
		{"MD9000", lwa.ActorProvider, FixDraftOn},
		{"MD9001", lwa.ActorProvider, FixNone},
		// A hybrid MWS app has no developer ID in this region.
		{"MD9010", lwa.ActorProvider, FixOtherMarketplace},
		// Anything: first version=beta, also for a published app (docs#262, docs#533),
		// then the application ID (models#2763), then Amazon's side (docs#903).
		{"MD9999", lwa.ActorSeller, FixDraftOn},
		// The link has no application ID, often lost at the account picker.
		{"MD4010", lwa.ActorSeller, FixReopen},
		// Amazon does not find the application (docs#1242, models#2204).
		{"MD4100", lwa.ActorSeller, FixCheckApp},
		// Amazon's side (docs#2876; docs#2067, after Confirm).
		{"MD5200", lwa.ActorWait, FixReopen},
		{"MD0000", lwa.ActorWait, FixReopen},
		// Neither the primary user nor one with Manage Authorized Partners (models#4642).
		{"SPDC8143", lwa.ActorSeller, FixReopen},
		// The app does not support this kind of account.
		{"SPSA0404", lwa.ActorProvider, FixOtherMarketplace},
		// The vendor group lacks a role (SPDS-VC-MYA).
		{"SPSA2043", lwa.ActorSeller, FixReopen},
		// The app has all the authorizations that it may have.
		{limitReached, lwa.ActorProvider, FixNone},
	}
}

// limitReached is the one code that is words.
const limitReached = "CONSENT_LIMIT_REACHED"

// sentences are those of the pages of a code, for copies without the code.
func sentences() [][2]string {
	return [][2]string{
		{"consent_limit_reached", limitReached},
		{"consent limit reached", limitReached},
		{"oauthorization usage limit", limitReached},
		{"not currently eligible for new authorizations", "MD9000"},
		{"invalid redirect url received", "MD5101"},
		{"unable to find the application", "MD4100"},
	}
}

// FindAmazonError finds an error code of the authorization page in a code alone,
// a sentence or the text of a page, however it was written down: "MD: 5100",
// "md 9001", "ＭＤ５１００". Codes of the same form that are in no list are found
// too; a known one goes first. Names of products and SKUs of that form are no
// codes: something has to speak of an error, of Amazon or of an authorization,
// unless the code is alone.
func FindAmazonError(text string) (code string, ok bool) {
	var m marks
	text = foldCharacters(text[:min(len(text), maxPaste)], &m)
	page := newPageWords(text)
	unknown := ""
	for i := range len(text) {
		if c := text[i] | 0x20; c != 'm' && c != 's' {
			continue
		}
		found, n, loose := amazonCode(text, i)
		switch {
		case found == "" || !page.speaksOf(text, i, n, loose, isKnownAmazonCode(found)):
		case isKnownAmazonCode(found):
			return found, true
		case unknown == "":
			unknown = found
		}
	}
	if unknown == "" {
		for _, s := range sentences() {
			if strings.Contains(page.lower, s[0]) {
				return s[1], true
			}
		}
	}
	return unknown, unknown != ""
}

// amazonCode reads a code at text[i]: MD and four digits, or SPDC, SPSA, SPDS
// and two to four. loose: something is between letters and digits.
func amazonCode(text string, i int) (code string, n int, loose bool) {
	s := text[i:]
	letters, least := 2, 4
	if hasPrefixFold(s, "SPDC") || hasPrefixFold(s, "SPSA") || hasPrefixFold(s, "SPDS") {
		letters, least = 4, 2
	} else if !hasPrefixFold(s, "MD") {
		return "", 0, false
	}
	if i > 0 && !startsCode(text[i-1], s[0]) {
		return "", 0, false
	}
	digits := strings.TrimLeft(s[letters:min(len(s), letters+3)], " :#-\n")
	at := min(len(s), letters+3) - len(digits)
	end := at
	for end < len(s) && end < at+5 && s[end] >= '0' && s[end] <= '9' {
		end++
	}
	if end-at < least || end-at > 4 || !endsCode(s[end:]) {
		return "", 0, false
	}
	return strings.ToUpper(s[:letters]) + s[at:end], end, at > letters
}

// startsCode reports that a code can begin with first behind the byte before:
// not inside a word or a SKU, but "CodeMD5101", where a line break was lost.
func startsCode(before, first byte) bool {
	if before >= 'a' && isLetter(before) {
		return first == 'M' || first == 'S'
	}
	return !isWordByte(before) && before != '-'
}

// endsCode reports that no SKU goes on here ("SPDC-8143-RED", "MD1000A"); a new
// word may ("MD5101App ID", where a line break was lost).
func endsCode(rest string) bool {
	switch {
	case rest == "":
		return true
	case (rest[0] == '-' || rest[0] == '_') && len(rest) > 1 && isWordByte(rest[1]):
		return false
	case isWordByte(rest[0]):
		return rest[0] >= 'A' && rest[0] <= 'Z' && len(rest) > 1 && rest[1] >= 'a' && rest[1] <= 'z'
	}
	return true
}

// pageWords is what the text around a code speaks of.
type pageWords struct {
	lower                    string
	amazon, failure, product bool
}

func newPageWords(text string) pageWords {
	p := pageWords{lower: foldPage(text)}
	contains := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(p.lower, w) })
	}
	p.amazon = contains("authori", "autoriz", "seller central", "sellercentral", "vendor central", "consent", "認可", "承認", "redirect", "リダイレクト",
		"app id", "application", "developer", "desenvolvedor", "開発者", "アプリ", "aplicativo", "oauth", "sp-api", "permission", "permiss", "amzn1.")
	p.failure = contains("error", "erro ", "erro:", "código", "codigo", "code", "エラー", "コード", "wrong", "errado", "problem", "問題", "fail", "失敗", "falh",
		"says", "shows", "appears", "表示", "出ま", "出て", "出る", "aparec", "mostra")
	p.product = contains("sku", "asin", "in stock", "stock:", "add to cart", "buy now", "ships from", "qty", "quantity", "powervault", "storage", "disk", "drive", "rack", "shelf", "dell", "rail", "tray", "cable", "enclosure", "model",
		"part number", "product code", "item number", "invoice", "price", "$", "¥", "円", "r$", "型番", "商品", "在庫", "カート", "注文", "数量", "品番",
		"modelo", "produto", "estoque", "carrinho", "pedido", "preço", "frete", "inventory", "order")
	return p
}

// speaksOf decides whether the code at text[i:i+n] is an error.
func (p pageWords) speaksOf(text string, i, n int, loose, known bool) bool {
	const before, after = 40, 30
	near := strings.ToLower(text[max(0, i-before):i] + " " + text[i+n:min(len(text), i+n+after)])
	if loose && !known {
		near = strings.ToLower(text[max(0, i-16):i]) // "error code: MD 4242", not "MD 2024 tax form error"
	}
	contains := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(near, w) })
	}
	nearError := contains("error", "erro", "エラー")
	nearCode := nearError || contains("code", "código", "codigo", "コード")
	speaks := p.amazon || p.failure
	switch {
	case p.product:
		return nearError && p.amazon
	case loose:
		return nearCode || known && speaks || len(p.lower) <= n
	case nearCode || speaks:
		return true
	}
	return p.onlyCodes() && (known || len(p.lower) <= n)
}

// onlyCodes reports a text of codes and at most two other words.
func (p pageWords) onlyCodes() bool {
	others := 0
	for _, word := range strings.Fields(p.lower) {
		if amazonCodeAt(strings.Trim(word, ".,!?()[]…")) == "" {
			others++
		}
	}
	return others <= 2
}

// amazonCodeAt returns the code that a word begins with.
func amazonCodeAt(word string) string {
	code, _, loose := amazonCode(word, 0)
	if loose {
		return ""
	}
	return code
}

func isKnownAmazonCode(code string) bool {
	return slices.ContainsFunc(AmazonErrors(), func(e AmazonError) bool { return e.Code == code })
}
