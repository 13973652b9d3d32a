# How the static binary is compiled and linked: hardened, and small enough to copy into any image. cmake/link adds what
# only lld knows.
add_compile_options(-ffunction-sections -fdata-sections)
add_compile_definitions(FMT_USE_LONG_DOUBLE=0 FMT_USE_FLOAT128=0)

# Hardening: a position of its own in each run (static-pie), tables read-only before main (relro, now), no executable
# stack, a canary on the stack.
add_compile_options(-fPIE -fstack-protector-strong)
add_link_options(-Wl,--gc-sections -Wl,-z,relro,-z,now,-z,noexecstack)

if(KRATIX_STATUS_THIRD_PARTY)
  # libc++ checks indexes and iterators, which costs 1 KB. With its smaller std::function, a lambda has 3 pointers to
  # relocate at the start instead of 11.
  # Zig defines the mode, as none.
  add_compile_options(-U_LIBCPP_HARDENING_MODE -D_LIBCPP_HARDENING_MODE=_LIBCPP_HARDENING_MODE_FAST)
  add_compile_definitions(_LIBCPP_ABI_OPTIMIZED_FUNCTION)
  # No exception passes through C.
  add_compile_options("$<$<COMPILE_LANGUAGE:C>:-fno-asynchronous-unwind-tables;-fno-unwind-tables>")
else()
  # glibc's checked functions.
  add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
  add_link_options(-static-pie)
endif()
