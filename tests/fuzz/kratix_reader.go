// Kratix's reader as a function of C, for the differential fuzz target. scripts/fuzz compiles this file into the
// package of the conformance oracle, so that the oracle's own function answers.
package main

// #include <stdlib.h>
import "C"

import (
	"fmt"
	"unsafe"
)

// kratixRead returns JSON, or the text of an error if refused is set; the caller frees it.
//
//export kratixRead
func kratixRead(document unsafe.Pointer, length C.int, refused *C.int) (text *C.char) {
	defer func() {
		if cause := recover(); cause != nil {
			*refused = 1
			text = C.CString(fmt.Sprint("panic: ", cause))
		}
	}()
	answer, err := readKratix(C.GoBytes(document, length))
	if err != nil {
		*refused = 1
		return C.CString(err.Error())
	}
	return C.CString(string(answer.JSON))
}
