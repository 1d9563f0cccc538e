package setupfile

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/internal/value"
	"github.com/sellerkey/sellerkey/lwa"
)

// Form is a setup file that a provider is making in the program. It keeps
// everything as it was typed, so that nothing is lost by going back and forth;
// [Form.File] is the result.
type Form struct {
	Provider, Support string
	// App is an application ID or a whole consent link; see [Form.ReadApp].
	App                             string
	Marketplaces                    []string
	Draft, Vendor                   bool
	ConsentHost, State, RedirectURI string
	RegistrationPage                string
	ReturnPage                      bool
	Boxes                           []Box
}

// NewForm returns an empty form with the two boxes of most registration pages.
func NewForm() Form {
	var f Form
	f.AddBox()
	f.AddBox()
	return f
}

// FormOf returns the form of an existing file.
func FormOf(f File) Form {
	form := Form{
		Provider: f.Provider, Support: f.Support, App: f.ApplicationID, Marketplaces: slices.Clone(f.Marketplaces),
		Draft: f.Draft, Vendor: f.Vendor, ConsentHost: f.ConsentHost, State: f.State, RedirectURI: f.RedirectURI,
		RegistrationPage: f.RegistrationPage, ReturnPage: f.ReturnPage,
	}
	for _, b := range f.Boxes {
		form.Boxes = append(form.Boxes, Box{b.Value, maps.Clone(b.Label)})
	}
	return form
}

// ReadApp sets the app from an application ID or a consent link. A link also sets
// draft, state, redirect URI, and the marketplace of its host or, if it is no
// marketplace's, the host itself. It reports whether it was a link.
func (f *Form) ReadApp(text string) (wasLink bool) {
	f.App = text
	link, err := paste.ParseApp(text)
	if err != nil || link.Host == "" {
		return false
	}
	f.Draft, f.State, f.RedirectURI = link.Draft, link.State, link.RedirectURI
	f.takeHost(link.Host)
	return true
}

func (f *Form) takeHost(host string) {
	f.ConsentHost = ""
	has := func(code string, vendor bool) bool {
		m, ok := lwa.FindMarketplace(code)
		return ok && m.Host(vendor) == host
	}
	for _, vendor := range []bool{false, true} {
		if slices.ContainsFunc(f.Marketplaces, func(code string) bool { return has(code, vendor) }) {
			f.Vendor = vendor
			return
		}
	}
	for _, m := range lwa.Marketplaces() {
		for _, vendor := range []bool{false, true} {
			if has(m.Code, vendor) {
				f.Vendor = vendor
				f.Marketplaces = append([]string{m.Code}, f.Marketplaces...)
				return
			}
		}
	}
	f.ConsentHost = host
}

// AddMarketplace appends a country code, unless it is there.
func (f *Form) AddMarketplace(code string) {
	if !slices.Contains(f.Marketplaces, code) {
		f.Marketplaces = append(f.Marketplaces, code)
	}
}

// RemoveMarketplace removes a country code.
func (f *Form) RemoveMarketplace(code string) {
	f.Marketplaces = slices.DeleteFunc(f.Marketplaces, func(c string) bool { return c == code })
}

// AddBox appends a box for the first value that has none. It does nothing if every
// value has one.
func (f *Form) AddBox() {
	for _, v := range value.All() {
		if !slices.ContainsFunc(f.Boxes, func(b Box) bool { return b.Value == v }) {
			f.Boxes = append(f.Boxes, Box{Value: v, Label: map[string]string{}})
			return
		}
	}
}

// RemoveBox removes a box; boxes count from 0 here.
func (f *Form) RemoveBox(i int) { f.Boxes = slices.Delete(f.Boxes, i, i+1) }

// MoveBox moves a box up (-1) or down (1) and returns its new index.
func (f *Form) MoveBox(i, by int) int {
	j := min(max(i+by, 0), len(f.Boxes)-1)
	f.Boxes[i], f.Boxes[j] = f.Boxes[j], f.Boxes[i]
	return j
}

// File returns the setup file, without the blanks around texts and without the link
// around an application ID. [Form.Encode] checks it.
func (f Form) File() File {
	file := File{
		Version: Version, Provider: trim(f.Provider), Support: trim(f.Support), ApplicationID: trim(f.App),
		Draft: f.Draft, Vendor: f.Vendor, ConsentHost: trim(f.ConsentHost), State: trim(f.State),
		RedirectURI: trim(f.RedirectURI), RegistrationPage: trim(f.RegistrationPage), ReturnPage: f.ReturnPage,
	}
	if len(f.Marketplaces) > 0 {
		file.Marketplaces = slices.Clone(f.Marketplaces)
	}
	if link, err := paste.ParseApp(f.App); err == nil {
		file.ApplicationID = link.ApplicationID
	}
	for _, b := range f.Boxes {
		box := Box{Value: b.Value, Label: map[string]string{}}
		for l, text := range b.Label {
			if text = trim(text); text != "" {
				box.Label[l] = text
			}
		}
		file.Boxes = append(file.Boxes, box)
	}
	return file
}

func trim(s string) string { return strings.TrimFunc(s, unicode.IsSpace) }

// Encode returns the bytes of the setup file. It reads them back as a seller's
// SellerKey does, and fails with the same [*Error].
func (f Form) Encode() ([]byte, error) {
	file := f.File()
	data, err := file.Encode()
	if err != nil {
		return nil, err
	}
	back, err := Read(data)
	if err != nil {
		return nil, err
	}
	if !reflect.DeepEqual(back, file) {
		return nil, refuse(KindBadTOML)
	}
	return data, nil
}

// Missing reports whether a problem of this kind is something not filled in yet,
// which is not worth a message while the person is filling in the form.
func (k Kind) Missing() bool {
	switch k {
	case KindNoProvider, KindNoApplicationID, KindNoBoxes, KindLabelMissing:
		return true
	}
	return false
}

// FileName returns a name to suggest for the file: that of the provider, without
// what file names cannot have, and the [Extension].
func (f File) FileName() string {
	name := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return unicode.ToLower(r)
		}
		return ' '
	}, f.Provider)
	if name = strings.Join(strings.Fields(name), "-"); name == "" {
		name = "setup"
	}
	return name + Extension
}
