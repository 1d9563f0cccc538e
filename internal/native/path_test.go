package native

import "testing"

func TestPath(t *testing.T) {
	const dir = `C:\Users\maria\AppData\Local\Programs\SellerKey`
	for _, c := range []struct{ before, with, without string }{
		{``, dir, ``},
		{`C:\Go\bin`, `C:\Go\bin;` + dir, `C:\Go\bin`},
		{`C:\Go\bin;`, `C:\Go\bin;` + dir, `C:\Go\bin;`},
		{`%USERPROFILE%\bin;C:\Go\bin`, `%USERPROFILE%\bin;C:\Go\bin;` + dir, `%USERPROFILE%\bin;C:\Go\bin`},
		{`A;` + dir + `;B`, `A;` + dir + `;B`, `A;B`},
		{`A;c:\users\MARIA\AppData\Local\Programs\SellerKey\`, `A;c:\users\MARIA\AppData\Local\Programs\SellerKey\`, `A`},
		{`"` + dir + `"`, `"` + dir + `"`, ``},
		{dir + `2`, dir + `2;` + dir, dir + `2`},
	} {
		if got := pathWith(c.before, dir); got != c.with {
			t.Errorf("%q with it: %q", c.before, got)
		}
		if got := pathWithout(c.before, dir); got != c.without {
			t.Errorf("%q without it: %q", c.before, got)
		}
	}
}
