// Catch2, whichever version the machine has: 2 on Debian 12, 3 on later ones.
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif
