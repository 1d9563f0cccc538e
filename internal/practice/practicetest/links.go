package practicetest

import (
	"encoding/base64"
	"net/url"
	"strings"
	"unicode/utf16"
)

// HostileCode is the code in all of [HostileLinks]: it must appear nowhere.
const HostileCode = "EXAMPLEhostile0000001"

// HostileLinks are links that no return page made: more than 200, up to 1 MB.
// state is the one that the waiting attempt expects, or a well-known one; the
// links that carry it are spoiled in another way.
func HostileLinks(state string) []string {
	var links []string
	add := func(link ...string) { links = append(links, link...) }
	const head = "sellerkey://return?"
	query := func(state string) string {
		return "spapi_oauth_code=" + HostileCode + "&state=" + state + "&selling_partner_id=A0EXAMPLE00000"
	}
	good := query(url.QueryEscape(state))

	// Another state, or none.
	add(head+"spapi_oauth_code="+HostileCode, head+"spapi_oauth_code="+HostileCode+"&selling_partner_id=A0EXAMPLE00000", head+HostileCode)
	for _, other := range []string{
		"", "x", "0", "null", "undefined", "true", "*", "%", "%25", "%00", "%0A", "..", "state", "guide-state", "second-state",
		state[:len(state)-1], state[1:], state + "x", "x" + state, state + state, state + "%00", state + "%20", "%20" + state, state + "%0D%0A",
		state + "%26state%3D", reversed(state), strings.ToUpper(state) + "x", "%25" + state, "%EF%BB%BF" + state, "%E2%80%8B" + state,
		base64.StdEncoding.EncodeToString([]byte(state)), "[" + state + "]", "{%22state%22:%22" + state + "%22}", "'" + state, state + ";", state + ",",
		"' or '1'='1", "../../" + state, "$(state)", "%2525" + state, "https%3A%2F%2Fexample.com%2F%3Fq%3D" + state, strings.Repeat("a", 4000),
	} {
		if other != state {
			add(head + query(other))
		}
	}
	// Another action, another program, another place.
	for _, other := range []string{
		"sellerkey:", "sellerkey:?", "sellerkey:return?", "sellerkey:/return?", "sellerkey:///return?", "sellerkey:////return?", "sellerkey://?", "sellerkey:// return?",
		"sellerkey://returns?", "sellerkey://retur?", "sellerkey://open?", "sellerkey://setup?", "sellerkey://exchange?", "sellerkey://forget-everything?",
		"sellerkey://run?", "sellerkey://settings?", "sellerkey://export?", "sellerkey://token?", "sellerkey://consent?", "sellerkey://127.0.0.1?",
		"sellerkey://return.example.com?", "sellerkey://example.com/return?", "sellerkey://return:80?", "sellerkey://return:?", "sellerkey://me@return?",
		"sellerkey://me:pass@return?", "sellerkey://@return?", "sellerkey://return//?", "sellerkey://return/return?", "sellerkey://return/../open?", "sellerkey://return/.?",
		"sellerkey://return/%2e%2e?", "sellerkey://return\\?", "sellerkey://%72eturn?", "sellerkey://return%3F", "sellerkey%3A//return?", "sellerkey://[::1]?", "sellerkey://return#",
		"sellerkey://return/#?", "sellerkey://return;", "sellerkey://return&", "sellerkey.evil://return?", "sellerkeys://return?", "xsellerkey://return?", "otherapp://return?",
		"http://return/?", "https://return/?", "file:///return?", "javascript:alert(1)//return?", "data:text/html,return?", "sellerkey:javascript:alert(1)?",
		"sellerkey:file:///etc/passwd?", "sellerkey:https://example.com/?", "sellerkey:--forget-everything?",
		"sellerkey:-practice?", "sellerkey:..\\..\\windows?", "sellerkey:%2F%2Freturn?", "ＳＥＬＬＥＲＫＥＹ://return?", "sellerkey：//return?", "sellerkey://return？", "sеllerkey://return?",
	} {
		add(other + good)
	}
	// Characters that no link has.
	for c := range byte(' ' + 1) {
		add(head + good + string(rune(c)) + "x")
	}
	for _, c := range []string{
		"\x7f", "\x80", "\xff", "\xc0\xaf", "\ufeff", "\u200b", "\u202e", "\u2028", "\u0085", "\u00a0", "é", "日本", "😀", "\ufffd",
		"\r\n-practice", "\" --forget-everything \"", "' -data-dir /", "\t", "\n\nshow x",
	} {
		add(head+good+c, head+c+good, "sellerkey://"+c+"return?"+good, c+head+good)
	}
	// Other queries.
	for _, q := range []string{
		"", "&", "=", "?", "%", "%zz", "a=b", "state=" + state, "code=&state=" + state, "spapi_oauth_code=&state=" + state,
		"error=access_denied&state=" + state, "error=server_error&error_description=" + HostileCode + "&state=" + state,
		"amazon_callback_uri=https%3A%2F%2Fexample.com%2Fapps%2Fauthorize%2Fconfirm%2Fx&amazon_state=x&state=" + state,
		"amazon_callback_uri=file%3A%2F%2F%2Fetc%2Fpasswd&amazon_state=x&selling_partner_id=A0EXAMPLE00000",
		"refresh_token=Atzr%7C" + HostileCode + "&state=" + state, "access_token=Atza%7C" + HostileCode + "&state=" + state,
		"spapi_oauth_code=" + HostileCode + "&spapi_oauth_code=EXAMPLEhostile0000002&state=" + state,
		"spapi_oauth_code=" + HostileCode + "&state=x&state=y", "spapi_oauth_code=XXXXXXXXXX&state=" + state,
		"application_id=amzn1.sp.solution.00000000-0000-0000-0000-0000000000aa&state=" + state,
		"client_secret=amzn1.oa2-cs.v1.EXAMPLE&state=" + state, "file=example.sellerkey", "url=https%3A%2F%2Fexample.com", "vault=memory&practice=true",
		url.QueryEscape(url.QueryEscape(query("x"))), url.PathEscape(query("x")), strings.ReplaceAll(query("x"), "=", "%3D"), strings.ReplaceAll(query("x"), "&", "&amp;"),
		strings.ReplaceAll(query("x"), "_", "=5F"), strings.ReplaceAll(query("x"), "&", "%26"), strings.ReplaceAll(query("x"), "s", `\u0073`),
		base64.StdEncoding.EncodeToString([]byte(good)), base64.URLEncoding.EncodeToString([]byte(head + good)), "{%22spapi_oauth_code%22:%22" + HostileCode + "%22}",
	} {
		add(head + q)
	}
	// Other encodings.
	add("+AHMAZQ-llerkey://return?"+good, url.PathEscape(head+good), "\xfe\xff"+head+good, strings.Join(strings.Split(head+good, ""), "\x00"),
		string(utf16Bytes(head+good)), strings.ReplaceAll(head+good, "e", "&#101;"), "<"+head+good+">", "["+head+good+"]("+head+good+")", `"`+head+good+`"`)
	// Too long.
	const mb = 1 << 20
	for _, long := range []string{strings.Repeat("A", mb), strings.Repeat("&", mb), strings.Repeat("%41", mb/3), strings.Repeat("spapi_oauth_code=x&", mb/19)} {
		add(head+good+"&x="+long, head+long+"&"+good, "sellerkey://"+long+"?"+good, "sellerkey://return/"+long+"?"+good)
	}
	return links
}

func reversed(s string) string {
	var b strings.Builder
	for i := len(s) - 1; i >= 0; i-- {
		b.WriteByte(s[i])
	}
	return b.String()
}

func utf16Bytes(s string) (b []byte) {
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}
