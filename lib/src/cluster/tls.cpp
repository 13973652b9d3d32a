// TLS by mbedTLS, with random numbers from the kernel.
#include "cluster/tls.h"

#include <mbedtls/ssl.h>
#include <mbedtls/x509_crt.h>
#include <psa/crypto.h>
#include <sys/random.h>

#include <cerrno>
#include <cstdint>
#include <utility>

#include "value/ascii.h"
#include "value/text_field.h"

namespace kratix_status {

namespace {

bool fill_randomly(unsigned char* data, std::size_t size) {
  while (size > 0) {
    const ssize_t done = ::getrandom(data, size, 0);
    if (done < 0 && errno != EINTR) return false;
    if (done > 0) {
      data += done;
      size -= static_cast<std::size_t>(done);
    }
  }
  return true;
}

int random_for_tls(void*, unsigned char* data, std::size_t size) {
  return fill_randomly(data, size) ? 0 : MBEDTLS_ERR_SSL_INTERNAL_ERROR;
}

// PKCS#1 comes before RSA-PSS, which TLS 1.2 cannot have here: Go's servers take the first that they know.
constexpr std::uint16_t signatures[] = {
    MBEDTLS_TLS1_3_SIG_ECDSA_SECP256R1_SHA256, MBEDTLS_TLS1_3_SIG_ECDSA_SECP384R1_SHA384,
    MBEDTLS_TLS1_3_SIG_ECDSA_SECP521R1_SHA512, MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA256,
    MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA384,       MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA512,
    MBEDTLS_TLS1_3_SIG_RSA_PSS_RSAE_SHA256,    MBEDTLS_TLS1_3_SIG_RSA_PSS_RSAE_SHA384,
    MBEDTLS_TLS1_3_SIG_RSA_PSS_RSAE_SHA512,    MBEDTLS_TLS1_3_SIG_NONE};

constexpr std::uint16_t signatures_of_tls_1_2[] = {MBEDTLS_TLS1_3_SIG_ECDSA_SECP256R1_SHA256,
                                                   MBEDTLS_TLS1_3_SIG_ECDSA_SECP384R1_SHA384,
                                                   MBEDTLS_TLS1_3_SIG_ECDSA_SECP521R1_SHA512,
                                                   MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA256,
                                                   MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA384,
                                                   MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA512,
                                                   MBEDTLS_TLS1_3_SIG_NONE};

// What is wrong with a certificate, the most telling first.
struct CertificateFault {
  std::uint32_t flag;
  TextField<56> cause;
  TextField<80> fix;
};

constexpr CertificateFault certificate_faults[] = {
    {MBEDTLS_X509_BADCERT_EXPIRED, "its certificate has expired", "renew it, or set the clock of this node"},
    {MBEDTLS_X509_BADCERT_FUTURE, "its certificate is not valid yet", "set the clock of this node"},
    {MBEDTLS_X509_BADCERT_CN_MISMATCH, "its certificate is for another name",
     "KUBERNETES_SERVICE_HOST must be a name or address that is in the certificate"},
    {MBEDTLS_X509_BADCERT_NOT_TRUSTED, "its certificate is not signed by an authority in ca.crt",
     "is something else answering in place of the API server?"},
};

std::string number_of(int error) {
  std::string text = "TLS error -0x";
  append_code_escape(text, "", static_cast<char32_t>(-error), 4, upper_hex);
  return text;
}

class TlsStream : public Stream {
 public:
  explicit TlsStream(std::unique_ptr<Stream> below) : below_(std::move(below)) {
    mbedtls_ssl_init(&session_);
    mbedtls_ssl_config_init(&config_);
    mbedtls_x509_crt_init(&authorities_);
  }
  ~TlsStream() override {
    if (is_open_) mbedtls_ssl_close_notify(&session_);
    mbedtls_ssl_free(&session_);
    mbedtls_ssl_config_free(&config_);
    mbedtls_x509_crt_free(&authorities_);
  }
  TlsStream(const TlsStream&) = delete;
  TlsStream& operator=(const TlsStream&) = delete;

  std::optional<Trouble> start(TlsVersions versions, const std::string& host, const std::string& authorities) {
    // The parser wants the terminating null counted.
    const auto* pem = reinterpret_cast<const unsigned char*>(authorities.c_str());
    if (mbedtls_x509_crt_parse(&authorities_, pem, authorities.size() + 1) != 0)
      return Trouble{"ca.crt holds something that is not a certificate",
                     "the service account's ca.crt must be mounted whole", true};
    if (const int error = configure(versions, host); error != 0) return Trouble{number_of(error), {}, true};
    while (true) {
      const int error = mbedtls_ssl_handshake(&session_);
      if (error == 0) break;
      if (is_interruption(error)) continue;
      return handshake_trouble(error);
    }
    is_open_ = true;
    return std::nullopt;
  }

  std::optional<Trouble> read(char* data, std::size_t size, std::size_t& count) override {
    while (true) {
      const int done = mbedtls_ssl_read(&session_, reinterpret_cast<unsigned char*>(data), size);
      if (is_interruption(done)) continue;
      if (done < 0 && done != MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY) return trouble_of(done);
      count = done < 0 ? 0 : static_cast<std::size_t>(done);
      return std::nullopt;
    }
  }

  std::optional<Trouble> write(std::string_view data) override {
    while (!data.empty()) {
      const int done = mbedtls_ssl_write(&session_, reinterpret_cast<const unsigned char*>(data.data()), data.size());
      if (is_interruption(done)) continue;
      if (done < 0) return trouble_of(done);
      data.remove_prefix(static_cast<std::size_t>(done));
    }
    return std::nullopt;
  }

 private:
  static bool is_interruption(int code) {
    return code == MBEDTLS_ERR_SSL_WANT_READ || code == MBEDTLS_ERR_SSL_WANT_WRITE ||
           code == MBEDTLS_ERR_SSL_RECEIVED_NEW_SESSION_TICKET;
  }

  static int send(void* self, const unsigned char* data, std::size_t size) {
    auto& stream = *static_cast<TlsStream*>(self);
    stream.trouble_below_ = stream.below_->write({reinterpret_cast<const char*>(data), size});
    return stream.trouble_below_ ? MBEDTLS_ERR_SSL_INTERNAL_ERROR : static_cast<int>(size);
  }

  static int receive(void* self, unsigned char* data, std::size_t size) {
    auto& stream = *static_cast<TlsStream*>(self);
    std::size_t count = 0;
    stream.trouble_below_ = stream.below_->read(reinterpret_cast<char*>(data), size, count);
    if (stream.trouble_below_) return MBEDTLS_ERR_SSL_INTERNAL_ERROR;
    return count == 0 ? MBEDTLS_ERR_SSL_CONN_EOF : static_cast<int>(count);
  }

  int configure(TlsVersions versions, const std::string& host) {
    int error = mbedtls_ssl_config_defaults(&config_, MBEDTLS_SSL_IS_CLIENT, MBEDTLS_SSL_TRANSPORT_STREAM,
                                            MBEDTLS_SSL_PRESET_DEFAULT);
    if (error != 0) return error;
    const bool only_1_2 = versions == TlsVersions::only_1_2;
    mbedtls_ssl_conf_sig_algs(&config_, only_1_2 ? signatures_of_tls_1_2 : signatures);
    if (only_1_2) mbedtls_ssl_conf_max_tls_version(&config_, MBEDTLS_SSL_VERSION_TLS1_2);
    mbedtls_ssl_conf_authmode(&config_, MBEDTLS_SSL_VERIFY_REQUIRED);
    mbedtls_ssl_conf_ca_chain(&config_, &authorities_, nullptr);
    mbedtls_ssl_conf_rng(&config_, random_for_tls, nullptr);
    error = mbedtls_ssl_setup(&session_, &config_);
    if (error == 0) error = mbedtls_ssl_set_hostname(&session_, host.c_str());
    mbedtls_ssl_set_bio(&session_, this, send, receive, nullptr);
    return error;
  }

  Trouble handshake_trouble(int error) const {
    const std::uint32_t flags = mbedtls_ssl_get_verify_result(&session_);
    constexpr std::uint32_t not_checked = 0xFFFFFFFF;
    if (flags != 0 && flags != not_checked) {
      for (const CertificateFault& fault : certificate_faults) {
        if ((flags & fault.flag) != 0) return {std::string(fault.cause.view()), std::string(fault.fix.view()), true};
      }
      return {"its certificate is refused", {}, true};
    }
    Trouble trouble = trouble_of(error);
    trouble.wants_tls_1_2 = error == MBEDTLS_ERR_SSL_ILLEGAL_PARAMETER;
    return trouble;
  }

  Trouble trouble_of(int error) const {
    if (trouble_below_) return *trouble_below_;
    if (error == MBEDTLS_ERR_SSL_CONN_EOF) return {"the connection was closed"};
    return {number_of(error)};
  }

  std::unique_ptr<Stream> below_;
  std::optional<Trouble> trouble_below_;
  mbedtls_ssl_context session_;
  mbedtls_ssl_config config_;
  mbedtls_x509_crt authorities_;
  bool is_open_ = false;
};

}  // namespace

std::optional<Trouble> start_tls(std::unique_ptr<Stream> below, TlsVersions versions, const std::string& host,
                                 const std::string& authorities, std::unique_ptr<Stream>& stream) {
  if (psa_crypto_init() != PSA_SUCCESS) return Trouble{"the kernel provides no random numbers", {}, true};
  auto tls = std::make_unique<TlsStream>(std::move(below));
  if (std::optional<Trouble> trouble = tls->start(versions, host, authorities)) return trouble;
  stream = std::move(tls);
  return std::nullopt;
}

}  // namespace kratix_status

// What MBEDTLS_PSA_CRYPTO_EXTERNAL_RNG asks for.
extern "C" psa_status_t mbedtls_psa_external_get_random(mbedtls_psa_external_random_context_t*, std::uint8_t* output,
                                                        std::size_t size, std::size_t* length) {
  *length = size;
  return kratix_status::fill_randomly(output, size) ? PSA_SUCCESS : PSA_ERROR_INSUFFICIENT_ENTROPY;
}
