package setupfile

import (
	"regexp"
	"strings"

	"github.com/sellerkey/sellerkey/internal/lazy"
	"github.com/sellerkey/sellerkey/internal/value"
)

// harmless is what a registration screen calls a value that may be seen: an ID,
// a number, a name. The seller ID is also called Merchant Token (Seller Central)
// and 出品者トークン (the same screen in Japanese). It matches a skeleton, in
// which an i is an l.
var harmless = lazy.Regexp(`\bld\b|[ァ-ヿ一-龿] ?ld|(seller|merchant|client|vendor|partner|app|application|account|user)[ -]?ld|` +
	`\b(ldentlf\w*|number|numero|name|nome|user|usuarlo|logln|e ?mall|phone|telefone)\b|` +
	`\b(seller|merchant|vendor|partner|store|shop|marketplace) ?(token|code|key|central)|` +
	`\b(codlgo|token|chave|no) d[aoe] (vendedor|comerclante|lojlsta|loja|cllente|parcelro)|` +
	`(出品者|マーチャント|セラー|販売者|ストア|店舗|パートナー|ベンダー) ?(トークン|コード|キー|番号|名)|番号|識別子|名前|氏名|店名|(ショップ|ユーザー) ?名|メール|電話|アドレス`)

// harmlessSpelled is the same, spelled with blanks between the letters.
var harmlessSpelled = lazy.Regexp(`^(your|my|the)?(seller|merchant|client|vendor|partner)(central)?ld|^(your|my|the)?(seller|merchant|vendor)token`)

// denies is a label that says that there is no secret.
var denies = lazy.Regexp(`\bnot (a |the )?secret|\bpubllc|\bnao e (um |o )?(segredo|secreto|senha)|秘密では|シークレットでは|機密では|公開`)

// own is what a secret is called.
var own = map[value.ID]func() *regexp.Regexp{
	value.RefreshToken: lazy.Regexp(`refresh|リフレッシュ|更新トークン|(token|chave) de (atuallzacao|renovacao|refresh)`),
	value.ClientSecret: lazy.Regexp(`secret|segredo|シークレット|秘密|機密|chave secreta|password|パスワード|senha`),
	value.AccessToken:  lazy.Regexp(`access|アクセス ?トークン|token de acesso`),
}

// ofSecret is the own name at the end of a Japanese phrase: クライアントIDのシークレット.
var ofSecret = lazy.Regexp(`の(リフレッシュ ?トークン|(クライアント)?(シークレット|秘密鍵|機密情報)|アクセス ?トークン)$`)

// misleads reports that a label calls a secret by a harmless name, so that the
// seller would hand it out without a second thought. The name that comes first
// decides: "Refresh token (below the seller ID)" is honest, "Seller ID (no token
// needed)" is not.
func misleads(v value.ID, label string) bool {
	if !v.GivesAccess() {
		return false
	}
	s := strings.NewReplacer("_", " ", "-", " ", ".", "").Replace(skeleton(label))
	if denies().MatchString(s) || harmlessSpelled().MatchString(strings.ReplaceAll(s, " ", "")) {
		return true
	}
	bad := harmless().FindStringIndex(s)
	if bad == nil || ofSecret().MatchString(s) {
		return false
	}
	good := own[v]().FindStringIndex(s)
	return good == nil || good[0] > bad[0]
}
