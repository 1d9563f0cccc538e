//go:build darwin && cgo

package clip

/*
#cgo CFLAGS: -x objective-c -fobjc-arc
#cgo LDFLAGS: -framework AppKit -framework Foundation
#include <stdlib.h>
#import <AppKit/AppKit.h>

// One item with the text and two marks (http://nspasteboard.org):
// "concealed" keeps it out of histories that show their content, "transient"
// out of those that store it.
static int setConcealed(const char *bytes, long length) {
	@autoreleasepool {
		NSString *text = [[NSString alloc] initWithBytes:bytes length:(NSUInteger)length encoding:NSUTF8StringEncoding];
		if (text == nil) {
			return 0;
		}
		NSPasteboardItem *item = [[NSPasteboardItem alloc] init];
		if (![item setString:text forType:NSPasteboardTypeString]) {
			return 0;
		}
		[item setString:@"" forType:@"org.nspasteboard.ConcealedType"];
		[item setString:@"" forType:@"org.nspasteboard.TransientType"];
		NSPasteboard *board = [NSPasteboard generalPasteboard];
		[board clearContents];
		return [board writeObjects:@[ item ]] ? 1 : 0;
	}
}
*/
import "C"

import "unsafe"

// setMarked puts text on the pasteboard with the marks that password managers
// use. If it returns false, the text must be copied without.
func setMarked(text string) bool {
	bytes := C.CString(text)
	defer C.free(unsafe.Pointer(bytes))
	return C.setConcealed(bytes, C.long(len(text))) == 1
}
