// Package lwa is Login with Amazon as the Selling Partner API (SP-API) uses it,
// seen from the seller's side of the desk.
//
// A seller's authorization is a walk of four stations, and each has its file:
//
//   - consent.go builds the link to Amazon's permission page and reads the
//     links that tool providers put into their guides;
//   - redirect.go reads the address that comes back, in whatever state of
//     disrepair it was pasted ([ParseRedirect]);
//   - client.go turns the code, a refresh token or an app's own credentials
//     into tokens ([Client]);
//   - kind.go says what every refusal and failure means: who must act, and
//     whether trying again helps ([Kind]).
//
// The package holds no words for the screen, stores nothing and knows no
// windows. Errors carry a kind; the kind's String is the key of its message.
//
// Amazon's side is described at
// https://developer-docs.amazon.com/sp-api/docs/website-authorization-workflow
// and https://developer-docs.amazon.com/sp-api/docs/connecting-to-the-selling-partner-api.
package lwa
