package lwa

// Shape says what a value looks like; "" when it looks like nothing known.
type Shape string

// The shapes.
const (
	ShapeUnknown         Shape = ""
	ShapeApplicationID   Shape = "application_id"
	ShapeClientID        Shape = "client_id"
	ShapeClientSecret    Shape = "client_secret"
	ShapeRefreshToken    Shape = "refresh_token"
	ShapeAccessToken     Shape = "access_token"
	ShapeGrantlessToken  Shape = "grantless_token"
	ShapeRestrictedToken Shape = "restricted_token"
	ShapeSellerID        Shape = "seller_id"
	ShapeVendorGroup     Shape = "vendor_group"
	ShapeMarketplaceID   Shape = "marketplace_id"
	ShapeURL             Shape = "url"
	ShapePictureToken    Shape = "picture_token"
)

// Classify says what text looks like.
func Classify(text string) Shape { return ShapeUnknown }

// Repair names something that [Tidy] put right.
type Repair string

// The repairs.
const (
	RepairBlanks     Repair = "blanks"
	RepairLineBreaks Repair = "line_breaks"
	RepairQuotes     Repair = "quotes"
	RepairFullWidth  Repair = "fullwidth"
	RepairInvisible  Repair = "invisible"
	RepairLabel      Repair = "label"
)

// Tidy takes the accidents of copying off a credential.
func Tidy(text string) (string, []Repair) { return text, nil }

// Field is a box for a credential.
type Field string

// The boxes.
const (
	FieldClientID     Field = "client_id"
	FieldClientSecret Field = "client_secret"
	FieldRefreshToken Field = "refresh_token"
)

// Hint is a soft remark about what stands in a box; it never blocks.
type Hint string

// The hints.
const (
	HintIsApplicationID Hint = "is_application_id"
	HintIsClientID      Hint = "is_client_id"
	HintIsClientSecret  Hint = "is_client_secret"
	HintIsRefreshToken  Hint = "is_refresh_token"
	HintIsAccessToken   Hint = "is_access_token"
	HintIsPictureText   Hint = "is_picture_text"
	HintIsSellerID      Hint = "is_seller_id"
	HintIsURL           Hint = "is_url"
	HintUnusualShape    Hint = "unusual_shape"
	HintTooShort        Hint = "too_short"
	HintSameAsClientID  Hint = "same_as_client_id"
)

// CheckField returns the hints for what stands in a box.
func CheckField(field Field, text string) []Hint { return nil }

// CheckPair returns the hints for client ID and secret together.
func CheckPair(clientID, clientSecret string) []Hint { return nil }

// FindRefreshToken reads a refresh token: bare, or out of a whole answer of
// the token endpoint.
func FindRefreshToken(text string) (Secret, error) {
	return Secret{}, &PasteError{Kind: PasteEmpty}
}
