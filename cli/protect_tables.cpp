// Makes the tables that were relocated read-only (PT_GNU_RELRO). The dynamic loader does so for other programs; one
// that is static and position-independent relocates itself, and musl leaves its tables writable.
#include <elf.h>
#include <link.h>
#include <sys/auxv.h>
#include <sys/mman.h>

#include <cstdint>
#include <span>

namespace {

// Runs before main(), with the constructors of static objects. None of these objects lies in the tables.
[[gnu::constructor]] void protect_tables() {
  // NOLINTNEXTLINE(performance-no-int-to-ptr): the kernel passes addresses as numbers
  auto* const table = reinterpret_cast<char*>(::getauxval(AT_PHDR));
  const std::span headers(reinterpret_cast<const ElfW(Phdr)*>(table), ::getauxval(AT_PHNUM));
  const std::uintptr_t page = ::getauxval(AT_PAGESZ);
  std::uintptr_t offset = 0;  // of the headers in the program
  for (const auto& header : headers) {
    if (header.p_type == PT_PHDR) offset = header.p_vaddr;
    if (header.p_type != PT_GNU_RELRO) continue;
    const std::uintptr_t begin = header.p_vaddr / page * page;
    const std::uintptr_t end = (header.p_vaddr + header.p_memsz) / page * page;
    // A kernel that refuses leaves them as they are, which is no reason to fail.
    ::mprotect(table - offset + begin, end - begin, PROT_READ);
  }
}

}  // namespace
