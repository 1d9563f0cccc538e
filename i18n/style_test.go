package i18n

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/sellerkey/sellerkey/internal/export"
)

// quoted finds what a text quotes: an Amazon label, or one of ours.
func quoted(lang, s string) []string {
	quotes := regexp.MustCompile(`“([^”]*)”`)
	if lang == Japanese {
		quotes = regexp.MustCompile(`「([^」]*)」`)
	}
	var all []string
	for _, m := range quotes.FindAllStringSubmatch(s, -1) {
		label := m[1]
		if lang == English { // American: the comma goes inside
			label = strings.TrimRight(label, ".,")
		}
		if label != "" && !strings.Contains(label, "{{") {
			all = append(all, label)
		}
	}
	return all
}

// otherQuotes are neither Amazon labels nor our texts.
func otherQuotes() []string {
	quotes := []string{
		"OpenCL, OpenGL, and Vulkan Compatibility Pack", // in the Microsoft Store
		"token de atualização",                          // what Amazon's Portuguese pages call a refresh token
		".env", "=", "…",                                // a file, two characters
		"インストール",   // NSIS's own button
		"KeePassX", // in Bitwarden's list of formats
	}
	for _, t := range export.Targets() {
		quotes = append(quotes, t.Name)
	}
	return quotes
}

// TestQuotesAreLabels proves that whatever a text tells people to look for or
// press is really called that: by Amazon, as far as [amazon_label] knows, or by us.
func TestQuotesAreLabels(t *testing.T) {
	cited := make(map[string]bool)
	for _, lang := range Languages() {
		known := otherQuotes()
		for _, x := range texts(t, lang.Tag) {
			known = append(known, strings.TrimSuffix(x.s, "…"), x.s)
		}
		for _, x := range texts(t, lang.Tag) {
			for _, label := range quoted(lang.Tag, x.s) {
				if !slices.Contains(known, label) {
					t.Errorf("%s.toml: %s quotes %q, which neither Amazon nor SellerKey shows", lang.Tag, x.id, label)
				}
				cited[lang.Tag+label] = true
			}
		}
	}
	for _, lang := range Languages() {
		for _, x := range texts(t, lang.Tag) {
			id, ok := strings.CutPrefix(x.id, "amazon_label.")
			if ok && !slices.ContainsFunc(Languages(), func(l Language) bool { return cited[l.Tag+localizer(t, l.Tag).T(x.id)] }) {
				t.Errorf("%s.toml: no text quotes Amazon's label %s", lang.Tag, id)
			}
		}
	}
}

// TestPhrasesThatAreNotSaid lists what gave the texts away as translations, or
// was misread by the people they are for.
func TestPhrasesThatAreNotSaid(t *testing.T) {
	rules := map[string][]struct{ bad, good string }{
		English: {
			{`(?i)\bcannot\b|\b(do|does|did|is|are|was|were|has|have|will|would|should|could) not\b`, "contractions: can't, don't, isn't"},
			{`\b(It|That|There) is\b|\b[Yy]ou (are|will)\b`, "contractions: it's, you'll"},
			{`(?i)\b(must act|anew|whoever|nobody|which stands|in place of|beside|runs? out on|take back|put right|as it says itself)\b`, "say it as an American would"},
			{`(?i)\b(ticks?|e-mails?|task bar|any more|afterwards|switch(ed)? (on|off)|blanks?|whilst)\b`, "American words"},
			{`(?i)\b(colour|favourite|authoris|organis|recognis|licence|centre|cancelled)`, "American spelling"},
			{`(?i)[^\[]\bboxes\b`, "the fields of a form"},
			{`(?i)\b(the|its|their|account's|different|backup's) keys\b`, "credentials"},
		},
		Japanese: {
			{`秘密の値`, "トークンとシークレット"},
			{`アプリの(開発|管理)`, "アプリを開発・アプリを管理, as Amazon has it"},
			{`あとで|あとから`, "後で・後から"},
			{`わか[らりるれっ]`, "分かる"},
			{`かまいません`, "構いません"},
			{`提供元`, "提供会社"},
			{`ご自身`, "ご自分"},
			{`暗号化したファイル`, "暗号化ファイル"},
			{`空き($|[^容])`, "空き容量"},
			{`(^|[^ル])アドレス($|[^欄])`, "URL (アドレス欄 is the browser's)"},
			{`[^「]Confirm`, "「Confirm」"},
			{`(認証|認可)コード|承認リンク|再認証|シークレットキー|マーケットプレース|リダイレクトURL`, "the glossary's words"},
		},
		Portuguese: {
			{`(?i)\bpedidos?\b`, "solicitação: um pedido is a customer's order"},
			{`(?i)\bdono\b`, "responsável pelo aplicativo"},
			{`(?i)\bguarda(r|d[oa]s?)\b`, "salvar, salvo"},
			{`(?i)\betapas?\b`, "passo"},
			{`(?i)barra do navegador|barra de endereço\b`, "barra de endereços"},
			{`(?i)valor(es)? secretos?|texto (puro|simples)`, "segredos, sem criptografia"},
			{`(?i)\bexpirad[oa]\b`, "vencido"},
			{`(?i)não est(á|ão) mais lá|vida real|chamada\b`, "say it as a Brazilian would"},
			{`"`, "“”"},
			{`(?i)\b(as|outras) chaves\b`, "credenciais"},
			{`[^“]Confirm\b`, "“Confirm”"},
		},
	}
	except := []string{
		"fyne.Confirm", "amazon_label.confirm",
		"practice_page.permission_tracking", // estoque e pedidos: these are orders
	}
	for lang, list := range rules {
		for _, r := range list {
			bad := regexp.MustCompile(r.bad)
			for _, x := range texts(t, lang) {
				if m := bad.FindString(x.s); m != "" && !slices.Contains(except, x.id) {
					t.Errorf("%s.toml: %s: %q: %s: %s", lang, x.id, m, r.good, x.s)
				}
			}
		}
	}
}

// TestOneWordForOneIdea holds the glossary (docs/glossary.md): where the
// English text has the one, the others have the other.
func TestOneWordForOneIdea(t *testing.T) {
	glossary := []struct{ en, ja, pt string }{
		{`OAuth code`, `OAuthコード|コード`, `(?i)código OAuth|código`},
		{`application ID`, `アプリケーションID`, `IDs? (do|de) aplicativo`},
		{`refresh token`, `リフレッシュトークン|LWA認証情報とトークン`, `(?i)refresh token`},
		{`access token`, `アクセストークン`, `(?i)access tokens?`},
		{`Client ID`, `クライアントID|認証情報`, `Client ID|credenciais`},
		{`Client secret`, `シークレット|機密情報|認証情報`, `[Ss]ecret|Segredo do Cliente|credenciais`},
		{`authorization link`, `承認用リンク|リンク`, `link`},
		{`redirect URL`, `リダイレクトのURL`, `URL de redirecionamento|[Ee]l[ae] `},
		{`(?i)marketplace`, `マーケットプレイス`, `(?i)marketplace`},
		{`setup file`, `設定ファイル|ファイル`, `(?i)arquivo de configuração|limite|arquivo`},
		{`passphrase`, `パスフレーズ`, `(?i)frase`},
		{`encrypted file`, `暗号化ファイル`, `arquivo criptografado`},
		{`registration screen`, `登録画面`, `(?i)cadastro`},
		{`check value`, `照合用の値`, `valor de conferência`},
		{`app's owner`, `アプリの所有者|提供会社`, `responsável pel|responsável por ele`},
		{`LWA credentials`, `LWA認証情報`, `(?i)credenciais`},
		{`[Aa]uthorize again`, `再承認|承認し直し|承認からやり直`, `(?i)autoriz(e|ar)( cada uma)? novamente`},
	}
	en := localizer(t, English)
	for _, g := range glossary {
		word := regexp.MustCompile(g.en)
		for lang, theirs := range map[string]string{Japanese: g.ja, Portuguese: g.pt} {
			same := regexp.MustCompile(theirs)
			l := localizer(t, lang)
			for _, id := range en.IDs() {
				m := l.forms[id]
				if m != nil && word.MatchString(placeholder.ReplaceAllString(en.forms[id].Other, "")) && !same.MatchString(m.Other) {
					t.Errorf("%s.toml: %s: “%s” is %s: %s", lang, id, g.en, theirs, m.Other)
				}
			}
		}
	}
}

// TestNoEnglishElsewhere looks for English in the other two languages. Quoted
// labels, values and names may be.
func TestNoEnglishElsewhere(t *testing.T) {
	// Values and names: application_id, amzn1.…, https://…, .env, UTF-8; keys; and,
	// between backquotes, what is typed on a command line.
	value := regexp.MustCompile("`[^`]*`|" + `Ctrl\+[A-Z]|[\w.|/:@-]*[_./:|@][\w./:@-]+|\b[A-Z]+[-\d]*\b|\b\w*\d\w*\b|--[\w-]+`)
	latin := regexp.MustCompile(`[A-Za-z]{2,}`)
	english := regexp.MustCompile(`(?i)(^|[^\pL])(the|and|of|with|your|you|is|are|this|that|from|press|open|account|page|address|browser|file|please|not|settings|key)($|[^\pL])`)
	names := []string{
		"SellerKey", "sellerkey-cli", "Amazon", "OAuth", "Postman", "Microsoft", "Store", "Windows", "Linux", "Mac", "Dock", "OpenGL", "Wi-Fi", "Wi", "Fi", "Git", "Docker", "Compose", "Node.js", "Go", "Java",
		"Login with Amazon", "Amazon Ads", "Vendor Central", "Seller Central", "Solution Provider Portal", "LWA ID", "LWA secret", "Client identifier", "Client secret",
		"Client ID", "Edit App", "Rotate secret", "Grantless", "scope", "state", "version=beta", "version", "provider", "true", "false", "Enter", "KiB", "lwa", "jlevers",
		"python-amazon-sp-api", "amzn-sp-api", "amazon-sp-api", "amzapi", "selling-partner-api-sdk", "selling-partner-api", "fond-of-vertigo", "spApiNAEndpoint", "mjs", "Atzr",
		"localhost", "{app}", "[[boxes]]", "xn--", "code", "pt-BR", "ja", "en", "na", "eu", "fe", "help@",
		"bash", "zsh", "fish", "powershell", "KeePassXC", "KeePassX", "Bitwarden",
		"SecretKey", "AccessKey", "Merchant ID", "Merchant Token", "Seller ID",
	}
	slices.SortFunc(names, func(a, b string) int { return len(b) - len(a) })
	for _, lang := range []string{Japanese, Portuguese} {
		for _, x := range texts(t, lang) {
			if listed(x.id, sameAsEnglish(lang)) || strings.HasPrefix(x.id, "amazon_label.") {
				continue
			}
			s := placeholder.ReplaceAllString(x.s, "")
			for _, q := range quoted(lang, s) {
				s = strings.ReplaceAll(s, q, "")
			}
			for _, name := range names {
				s = strings.ReplaceAll(s, name, "")
			}
			s = value.ReplaceAllString(s, "")
			bad := latin
			if lang == Portuguese {
				bad = english
			}
			if m := bad.FindString(s); m != "" {
				t.Errorf("%s.toml: %s: %q is English: %s", lang, x.id, m, x.s)
			}
		}
	}
}
