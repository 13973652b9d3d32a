// Finds secrets that a file shows by their form.
#include "validate/parts.h"
#include "value/secret_form.h"

namespace kratix_status {

void check_secrets(const YamlSource& source, SortedFindings& findings) {
  source.nodes.for_each([&](const YamlNode& node) {
    if (node.kind != YamlNode::Kind::scalar) return;
    if (const std::optional<SecretForm> form = find_secret_form(node.value))
      findings.add({RuleId::secret, node.at, "the text holds " + std::string(form->what)});
  });
}

}  // namespace kratix_status
