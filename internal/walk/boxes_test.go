package walk

import (
	"slices"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/setupfile"
	"github.com/sellerkey/sellerkey/internal/value"
	"github.com/sellerkey/sellerkey/lwa"
)

// providerFile is a provider's setup file for an app and some boxes.
func providerFile(app string, values ...value.ID) setupfile.File {
	f := setupfile.File{Version: 1, Provider: "Example Tools", ApplicationID: app, Marketplaces: []string{"JP"}, RegistrationPage: "https://tools.example/register"}
	for _, v := range values {
		f.Boxes = append(f.Boxes, setupfile.Box{Value: v, Label: map[string]string{"en": "Our " + string(v)}})
	}
	return f
}

func valuesOf(boxes Boxes) (values []value.ID) {
	for _, b := range boxes {
		values = append(values, b.Value)
	}
	return values
}

// A provider's screen may ask for what is known before the code as well.
func TestBoxesForAppAndPlace(t *testing.T) {
	f := providerFile(someApp, value.SellerID, value.Code, value.ApplicationID, value.MarketplaceID, value.Region, value.Endpoint)
	if v, ok := VisitorOf(f); v != Guide || !ok {
		t.Errorf("they are no reason for an app of one's own: %v", v)
	}
	w, _ := newWalk(t, Guide)
	w.Use(f)
	want := map[value.ID]string{
		value.ApplicationID: someApp, value.MarketplaceID: "A1VC38T7YXB528", value.Region: "fe", value.Endpoint: "https://sellingpartnerapi-fe.amazon.com",
	}
	found := 0
	for _, b := range w.Boxes() {
		if text, ok := want[b.Value]; ok {
			found++
			if b.Text.Reveal() != text || b.Value.IsSecret() {
				t.Errorf("%s: %q", b.Value, b.Text.Reveal())
			}
		}
	}
	if found != len(want) {
		t.Errorf("%d of %d boxes", found, len(want))
	}
}

func TestLayoutsWithoutASetupFile(t *testing.T) {
	guide, clock := newWalk(t, Guide)
	read(t, guide, someApp)
	if got := guide.Layouts(); !slices.Equal(got, []Layout{LayoutCode}) || guide.Layout() != LayoutCode {
		t.Errorf("a guide's walk without a code yet: %v", got)
	}
	pasteIn(t, guide, address(code1, "", seller))
	if got := guide.Layouts(); !slices.Equal(got, []Layout{LayoutCode}) {
		t.Errorf("a guide's walk has nothing for %v", got)
	}
	clock.Pass(time.Hour)
	if got := guide.Layout(); got != LayoutCode {
		t.Errorf("with a code that has run out: %v", got)
	}

	own, _ := newWalk(t, OwnApp)
	read(t, own, someApp)
	own.ClientID, own.ClientSecret = clientID, lwa.NewSecret(secret)
	pasteIn(t, own, address(code1, "", seller))
	if got := own.Layouts(); !slices.Equal(got, []Layout{LayoutCode}) {
		t.Errorf("a code and no token yet: %v", got)
	}
	own.Finish(own.Order(), lwa.Token{Access: lwa.NewSecret("Atza|EXAMPLE"), Refresh: lwa.NewSecret(refresh)}, nil)
	if got := own.Layouts(); !slices.Equal(got, []Layout{LayoutClient, LayoutRefresh}) {
		t.Errorf("the code is spent: %v", got)
	}
	boxes := own.Boxes()
	if !slices.Equal(valuesOf(boxes), []value.ID{value.ClientID, value.ClientSecret, value.RefreshToken}) || boxes[1].Text.Reveal() != secret || boxes[2].Text.Reveal() != refresh {
		t.Errorf("an own app's boxes: %v", boxes)
	}
	own.ChooseLayout(LayoutRefresh)
	if boxes := own.Boxes(); !slices.Equal(valuesOf(boxes), []value.ID{value.SellerID, value.RefreshToken}) || boxes[0].Text.Reveal() != seller {
		t.Errorf("the chosen boxes: %v", boxes)
	}
	own.ChooseLayout(LayoutCode)
	if got := own.Layout(); got != LayoutClient {
		t.Errorf("a choice that cannot be filled in is %v", got)
	}

	token, _ := newWalk(t, HasToken)
	if got := token.Layouts(); !slices.Equal(got, []Layout{LayoutClient}) {
		t.Errorf("with nothing at hand: %v", got)
	}
	token.RefreshToken = lwa.NewSecret(refresh)
	if got := token.Layouts(); !slices.Equal(got, []Layout{LayoutRefresh}) {
		t.Errorf("without credentials: %v", got)
	}
}

func TestLayoutOfASetupFileComesFirst(t *testing.T) {
	w, _ := newWalk(t, HasToken)
	w.ClientID, w.ClientSecret, w.RefreshToken = clientID, lwa.NewSecret(secret), lwa.NewSecret(refresh)
	w.Use(providerFile("", value.RefreshToken, value.ClientID))
	if got := w.Layouts(); !slices.Equal(got, []Layout{LayoutSetup, LayoutClient, LayoutRefresh}) || w.Layout() != LayoutSetup {
		t.Errorf("%v", got)
	}
	if b := w.Boxes(); !slices.Equal(valuesOf(b), []value.ID{value.RefreshToken, value.ClientID}) || b[0].Setup.Text("en") != "Our refresh_token" {
		t.Errorf("%v", b)
	}
	w.ChooseLayout(LayoutRefresh)
	if b := w.Boxes(); !slices.Equal(valuesOf(b), []value.ID{value.SellerID, value.RefreshToken}) || b[0].Setup != nil {
		t.Errorf("%v", b)
	}
}

// What a walk's account remembers, another walk of that account begins with.
func TestRegistrationScreenIsRemembered(t *testing.T) {
	w, _ := newWalk(t, HasToken)
	w.ClientID, w.ClientSecret, w.RefreshToken = clientID, lwa.NewSecret(secret), lwa.NewSecret(refresh)
	f := providerFile("", value.RefreshToken)
	w.Use(f)
	w.ChooseLayout(LayoutRefresh)
	acc := w.Account()
	again, _ := newWalk(t, HasToken)
	again.ClientID, again.ClientSecret, again.RefreshToken = w.ClientID, w.ClientSecret, w.RefreshToken
	again.Recall(acc)
	if again.Layout() != LayoutRefresh || again.Setup() == nil || again.Setup().RegistrationPage != f.RegistrationPage {
		t.Errorf("%v %v", again.Layout(), again.Setup())
	}
	again.ChooseLayout(LayoutSetup)
	if b := again.Boxes(); len(b) != 1 || b[0].Setup.Text("en") != "Our refresh_token" {
		t.Errorf("%v", b)
	}

	other, _ := newWalk(t, HasToken)
	other.Recall(account.Account{Layout: "no such thing", SetupFile: "secret = \"Atzr|EXAMPLE\""})
	if other.Setup() != nil || other.Layout() != LayoutClient {
		t.Errorf("a damaged index is believed: %v %v", other.Setup(), other.Layout())
	}
	local := providerFile(someApp, value.Code)
	local.RegistrationPage = "http://127.0.0.1:1/register"
	other.Use(local)
	if other.Account().SetupFile != "" {
		t.Error("a page of practice mode is remembered")
	}
}

func TestWhoASetupFileIsFor(t *testing.T) {
	for _, c := range []struct {
		file setupfile.File
		want Visitor
		ok   bool
	}{
		{providerFile(someApp, value.SellerID, value.Code), Guide, true},
		{providerFile(someApp, value.SellerID, value.RefreshToken), OwnApp, true},
		{providerFile("", value.RefreshToken), "", false},
	} {
		if v, ok := VisitorOf(c.file); v != c.want || ok != c.ok {
			t.Errorf("%v: %v %v", c.file.Boxes, v, ok)
		}
	}
}

// A setup file that comes in the middle of a walk loses nothing, or the walk
// says that it cannot take it.
func TestSetupFileInTheMiddleOfAWalk(t *testing.T) {
	same := providerFile(someApp, value.Code, value.SellerID)
	w, _ := newWalk(t, Guide)
	if w.Entered() || !w.Takes(same) {
		t.Error("a walk that has just begun takes any file of its kind")
	}
	w.Use(same)
	if id, _ := w.App(); id != someApp || w.Market.Code != "JP" {
		t.Errorf("%s %s", id, w.Market.Code)
	}
	if w.Takes(providerFile(otherApp, value.Code)) {
		t.Error("another app would take the place of the one that was entered")
	}
	if w.Takes(providerFile("", value.RefreshToken)) || w.Takes(providerFile(someApp, value.RefreshToken)) {
		t.Error("a guide's walk has no tokens to give")
	}

	w, _ = newWalk(t, Guide)
	read(t, w, "https://sellercentral.amazon.com/apps/authorize/consent?application_id="+someApp+"&version=beta&state=abc")
	pasteIn(t, w, address(code1, "abc", seller))
	if !w.Entered() || !w.Takes(same) {
		t.Fatal("the file is for this very app")
	}
	w.Use(same)
	if r, ok := w.Redirect(); !ok || r.Code.Reveal() != code1 || !w.Draft || w.Market.Code != "US" {
		t.Error("the code is lost, or what it was got with")
	}
	if got := valuesOf(w.Boxes()); !slices.Equal(got, []value.ID{value.Code, value.SellerID}) {
		t.Errorf("the boxes are %v", got)
	}

	own, _ := newWalk(t, OwnApp)
	own.ClientID, own.ClientSecret, own.Vendor = clientID, lwa.NewSecret(secret), true
	f := providerFile("", value.RefreshToken)
	if !own.Entered() || !own.Takes(f) || own.Takes(same) {
		t.Error("a file without an app is for whoever has one, and one for a provider's app is not")
	}
	own.Use(f)
	if own.ClientID != clientID || own.ClientSecret.IsEmpty() || own.Market.Code != "JP" {
		t.Error("something that was entered is lost, or the marketplace was not taken over")
	}
}
