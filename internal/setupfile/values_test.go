package setupfile_test

import (
	"slices"
	"testing"

	"github.com/sellerkey/sellerkey/internal/setupfile"
	"github.com/sellerkey/sellerkey/internal/walk"
)

// walk imports setupfile, so this test stands outside of the package.
func TestValuesAreThoseOfTheHelper(t *testing.T) {
	var got []walk.Value
	for _, v := range setupfile.Values() {
		got = append(got, walk.Value(v))
	}
	want := []walk.Value{walk.ValueSellerID, walk.ValueCode, walk.ValueRefreshToken, walk.ValueClientID, walk.ValueClientSecret, walk.ValueAccessToken}
	if !slices.Equal(got, want) {
		t.Errorf("%v, and the helper has %v", got, want)
	}
}
