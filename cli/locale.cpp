// The one locale of a static binary, "C", with the five facets that streams of char ask for. libstdc++ makes it with
// all 56 (money, dates, messages, wide characters; each for both of its string types), and so links half a megabyte of
// code for them, and of glibc's under it, though yaml-cpp and CLI11 never print but text and numbers.
//
// What stands here takes the place of libstdc++'s src/c++11/locale_init.cc and of its shims between the string types:
// the definitions that <bits/locale_classes.h> leaves to the library. If a later libstdc++ declares them otherwise,
// this file does not compile or link, and cmake/static.cmake builds without it. One thread only, as the program is.
#include <locale>
#include <new>
#include <string>

namespace {

constexpr std::size_t max_facets = 64;  // ids are given out by first use, and libstdc++ 12 has 56

// Storage that is never destroyed: streams may outlive main().
template <typename Object>
struct Storage {
  alignas(Object) static inline unsigned char bytes[sizeof(Object)];
};

}  // namespace

namespace std {  // NOLINT(cert-dcl58-cpp): definitions of what libstdc++ declares

locale::_Impl::_Impl(size_t references) throw()
    : _M_refcount(static_cast<_Atomic_word>(references)), _M_facets_size(max_facets) {
  static const facet* facets[max_facets];
  static const facet* caches[max_facets];
  static char name[] = "C";
  static char* names[_S_categories_size] = {name};
  _M_facets = facets;
  _M_caches = caches;
  _M_names = names;
  _M_init_facet(new (Storage<std::ctype<char>>::bytes) std::ctype<char>(nullptr, false, 1));
  _M_init_facet(new (Storage<codecvt<char, char, mbstate_t>>::bytes) codecvt<char, char, mbstate_t>(1));
  _M_init_facet(new (Storage<numpunct<char>>::bytes) numpunct<char>(1));
  _M_init_facet(new (Storage<num_get<char>>::bytes) num_get<char>(1));
  _M_init_facet(new (Storage<num_put<char>>::bytes) num_put<char>(1));
}

void locale::_S_initialize_once() throw() {
  _S_classic = _S_global = new (Storage<_Impl>::bytes) _Impl(2);  // never down to 0
  new (Storage<locale>::bytes) locale(_S_classic);
}

void locale::_S_initialize() {
  if (_S_classic == nullptr) {
    _S_initialize_once();
  }
}

const locale& locale::classic() {
  _S_initialize();
  return *reinterpret_cast<const locale*>(Storage<locale>::bytes);
}

locale::locale() throw() : _M_impl(nullptr) {
  _S_initialize();
  _M_impl = _S_global;
  _M_impl->_M_add_reference();
}

// No facet is installed twice, once for each type of string.
const locale::id* const locale::_S_twinned_facets[] = {nullptr, nullptr, nullptr};
const locale::facet* locale::facet::_M_sso_shim(const id*) const { return nullptr; }
const locale::facet* locale::facet::_M_cow_shim(const id*) const { return nullptr; }

}  // namespace std
