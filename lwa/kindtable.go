package lwa

// Actor is who must act.
type Actor string

// Who can act.
const (
	ActorSeller   Actor = "seller"
	ActorKeyOwner Actor = "key_owner"
	ActorWait     Actor = "wait"
	ActorApp      Actor = "app"
	ActorNobody   Actor = "nobody"
)

// Retry says whether trying again helps.
type Retry string

// When trying again helps.
const (
	RetryNo        Retry = "no"
	RetryAuto      Retry = "auto"
	RetryAfterUser Retry = "after_user_action"
)

// Actor says who must act.
func (k Kind) Actor() Actor { return ActorNobody }

// Retry says whether trying again helps.
func (k Kind) Retry() Retry { return RetryNo }

// Source is where the meaning was read.
func (k Kind) Source() string { return "" }

// Kinds returns every kind, in the order of the documentation.
func Kinds() []Kind { return nil }

// PasteKinds returns every paste kind.
func PasteKinds() []PasteKind { return nil }

// Warnings returns every warning.
func Warnings() []Warning { return nil }

// Source is where the meaning was read.
func (k PasteKind) Source() string { return "" }

// Source is where the meaning was read.
func (w Warning) Source() string { return "" }

// Scope is a grantless scope.
type Scope struct {
	Value   string
	Retired bool
}

// Scopes returns the grantless scopes.
func Scopes() []Scope { return nil }
