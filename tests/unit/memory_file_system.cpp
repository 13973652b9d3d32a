#include "memory_file_system.h"

#include <algorithm>
#include <cerrno>
#include <stdexcept>

namespace kratix_status::test {

namespace {

constexpr unsigned may_read = 4;
constexpr unsigned may_write = 2;
constexpr unsigned may_search = 1;
constexpr unsigned sticky = 01000;
constexpr unsigned root = 0;
constexpr int first_descriptor = 3;

void split(const std::string& path, std::string& directory, std::string& name) {
  const std::size_t slash = path.rfind('/');
  directory = path.substr(0, slash);
  name = path.substr(slash + 1);
}

}  // namespace

// --- the world around

MemoryFileSystem::NodePointer MemoryFileSystem::make(FileInfo::Type type, unsigned mode, unsigned owner,
                                                     unsigned group) {
  auto node = std::make_shared<Node>();
  node->info = {.type = type, .device = 1, .inode = next_inode_++, .mode = mode, .owner = owner, .group = group};
  touch(*node);
  return node;
}

// Every change has a time of its own.
void MemoryFileSystem::touch(Node& node) { node.info.modified = node.info.changed = ++ticks_; }

void MemoryFileSystem::add_directory(const std::string& path, unsigned mode, unsigned owner) {
  directories_[path] = make(FileInfo::Type::directory, mode, owner, owner);
}

void MemoryFileSystem::remove_directory(const std::string& path) { directories_.erase(path); }

MemoryFileSystem::Node& MemoryFileSystem::directory_of(const std::string& path, std::string& name) {
  std::string directory;
  split(path, directory, name);
  const auto found = directories_.find(directory);
  if (found == directories_.end()) throw std::logic_error("no directory for " + path);
  return *found->second;
}

MemoryFileSystem::NodePointer MemoryFileSystem::find(const std::string& path) const {
  std::string directory;
  std::string name;
  split(path, directory, name);
  const auto found = directories_.find(directory);
  if (found == directories_.end()) return nullptr;
  const auto entry = found->second->names.find(name);
  return entry == found->second->names.end() ? nullptr : entry->second;
}

void MemoryFileSystem::put(const std::string& path, const std::string& text, unsigned mode, unsigned owner,
                           unsigned group) {
  std::string name;
  Node& directory = directory_of(path, name);
  NodePointer& node = directory.names[name];
  if (node == nullptr) node = make(FileInfo::Type::regular, mode, owner, group);
  node->text = node->synced = text;
  touch(*node);
  directory.synced_names[name] = node;
}

void MemoryFileSystem::put_link(const std::string& path, const std::string& target) {
  put_special(path, FileInfo::Type::symlink);
  find(path)->text = find(path)->synced = target;
}

void MemoryFileSystem::put_special(const std::string& path, FileInfo::Type type) {
  std::string name;
  Node& directory = directory_of(path, name);
  directory.names[name] = directory.synced_names[name] = make(type, 0777, root, root);
}

void MemoryFileSystem::erase(const std::string& path) {
  std::string name;
  Node& directory = directory_of(path, name);
  directory.names.erase(name);
  directory.synced_names.erase(name);
}

std::optional<std::string> MemoryFileSystem::text(const std::string& path) const {
  const NodePointer node = find(path);
  if (node == nullptr || node->info.type != FileInfo::Type::regular) return std::nullopt;
  return node->text;
}

FileInfo MemoryFileSystem::info(const std::string& path) const {
  const NodePointer node = find(path);
  if (node == nullptr) throw std::logic_error("nothing at " + path);
  return shown(*node);
}

std::vector<std::string> MemoryFileSystem::names(const std::string& directory) const {
  std::vector<std::string> all;
  for (const auto& [name, node] : directories_.at(directory)->names) all.push_back(name);
  return all;
}

void MemoryFileSystem::lock_by_other(const std::string& directory, std::int64_t milliseconds) {
  directories_.at(directory)->locked_until = now_ + milliseconds;
}

void MemoryFileSystem::cut_power(bool bytes_survive, bool names_survive) {
  descriptors_.clear();
  for (auto& [path, directory] : directories_) {
    directory->locked_by = -1;
    if (!names_survive) directory->names = directory->synced_names;
    for (auto& [name, node] : directory->names) {
      if (!bytes_survive) node->text = node->synced;
      node->synced = node->text;
    }
    directory->synced_names = directory->names;
  }
}

void MemoryFileSystem::set_standard_input(const std::string& text) {
  const NodePointer node = make(FileInfo::Type::fifo, 0600, user_, user_);
  node->text = text;
  descriptors_[0] = {node, "-"};
}

// --- the process

void MemoryFileSystem::enter(const std::string& call) {
  if (before_call) before_call(call);
  log.push_back(call);
}

MemoryFileSystem::Descriptor* MemoryFileSystem::descriptor(int file) {
  const auto found = descriptors_.find(file);
  return found == descriptors_.end() ? nullptr : &found->second;
}

MemoryFileSystem::Node* MemoryFileSystem::directory(int file) {
  Descriptor* const found = descriptor(file);
  return found == nullptr || found->node->info.type != FileInfo::Type::directory ? nullptr : found->node.get();
}

std::string MemoryFileSystem::name_of(int file) {
  const Descriptor* const found = descriptor(file);
  return found == nullptr ? "?" : found->name;
}

int MemoryFileSystem::open(const NodePointer& node, const std::string& name, bool writable) {
  int number = first_descriptor;
  while (descriptors_.count(number) > 0) ++number;
  descriptors_[number] = {node, name, 0, writable};
  return number;
}

bool MemoryFileSystem::may(const Node& node, unsigned permission) const {
  const unsigned bits = node.info.owner == user_ ? node.info.mode >> 6 : node.info.mode;
  return user_ == root || (bits & permission) == permission;
}

// In a sticky directory, only those whose file or directory it is.
bool MemoryFileSystem::may_replace(const Node& directory, const Node& node) const {
  return (directory.info.mode & sticky) == 0 || user_ == root || user_ == directory.info.owner ||
         user_ == node.info.owner;
}

FileInfo MemoryFileSystem::shown(const Node& node) const {
  FileInfo info = node.info;
  info.size = static_cast<std::int64_t>(node.text.size());
  if (fixed_mode_ && info.type == FileInfo::Type::regular) info.mode = *fixed_mode_;
  return info;
}

int MemoryFileSystem::open_directory(const std::string& path) {
  enter("open_directory " + path);
  const auto found = directories_.find(path);
  if (found == directories_.end()) return find(path) == nullptr ? -ENOENT : -ENOTDIR;
  return may(*found->second, may_read) ? open(found->second, ".", false) : -EACCES;
}

int MemoryFileSystem::open_path(const std::string& path) {
  enter("open_path " + path);
  std::string at = path;
  for (int links = 0; links < 8; ++links) {
    const NodePointer node = find(at);
    if (node == nullptr) return -ENOENT;
    if (node->info.type == FileInfo::Type::socket) return -ENXIO;
    if (node->info.type != FileInfo::Type::symlink) return may(*node, may_read) ? open(node, path, false) : -EACCES;
    at = node->text.starts_with('/') ? node->text : at.substr(0, at.rfind('/') + 1) + node->text;
  }
  return -ELOOP;
}

int MemoryFileSystem::open_file(int directory_number, const std::string& name) {
  enter("open_file " + name);
  Node* const in = directory(directory_number);
  if (in == nullptr) return -EBADF;
  if (!may(*in, may_search)) return -EACCES;
  const auto found = in->names.find(name);
  if (found == in->names.end()) return -ENOENT;
  if (found->second->info.type == FileInfo::Type::symlink) return -ELOOP;
  if (found->second->info.type == FileInfo::Type::socket) return -ENXIO;
  return may(*found->second, may_read) ? open(found->second, name, false) : -EACCES;
}

int MemoryFileSystem::create_file(int directory_number, const std::string& name) {
  enter("create_file " + name);
  Node* const in = directory(directory_number);
  if (in == nullptr) return -EBADF;
  if (in->names.count(name) > 0) return -EEXIST;
  if (!may(*in, may_write | may_search)) return -EACCES;
  const NodePointer node = make(FileInfo::Type::regular, 0600, user_, user_);
  in->names[name] = node;
  return open(node, name, true);
}

int MemoryFileSystem::close(int file) {
  enter("close " + name_of(file));
  Descriptor* const found = descriptor(file);
  if (found == nullptr) return -EBADF;
  if (found->node->locked_by == file) found->node->locked_by = -1;
  descriptors_.erase(file);
  return 0;
}

std::int64_t MemoryFileSystem::read(int file, char* data, std::size_t size) {
  enter("read " + name_of(file));
  Descriptor* const from = descriptor(file);
  if (from == nullptr) return -EBADF;
  if (from->node->info.type == FileInfo::Type::directory) return -EISDIR;
  const std::string& text = from->node->text;
  const std::size_t count = from->at < text.size() ? std::min(size, text.size() - from->at) : 0;
  std::copy_n(text.data() + from->at, count, data);
  from->at += count;
  return static_cast<std::int64_t>(count);
}

// Nobody ever writes to a FIFO that is empty.
int MemoryFileSystem::wait_for_data(int file, int milliseconds) {
  enter("wait_for_data " + name_of(file));
  const Descriptor* const from = descriptor(file);
  if (from == nullptr) return -EBADF;
  if (from->node->info.type != FileInfo::Type::fifo || from->at < from->node->text.size()) return 1;
  pause(milliseconds);
  return 0;
}

std::int64_t MemoryFileSystem::write(int file, const char* data, std::size_t size) {
  enter("write " + name_of(file));
  Descriptor* const to = descriptor(file);
  if (to == nullptr || !to->writable) return -EBADF;
  to->node->text.append(data, size);
  touch(*to->node);
  return static_cast<std::int64_t>(size);
}

int MemoryFileSystem::sync(int file) {
  enter("sync " + name_of(file));
  Descriptor* const found = descriptor(file);
  if (found == nullptr) return -EBADF;
  found->node->synced = found->node->text;
  found->node->synced_names = found->node->names;
  return 0;
}

int MemoryFileSystem::stat(int file, FileInfo& info) {
  enter("stat " + name_of(file));
  const Descriptor* const found = descriptor(file);
  if (found == nullptr) return -EBADF;
  info = shown(*found->node);
  return 0;
}

int MemoryFileSystem::stat_at(int directory_number, const std::string& name, FileInfo& info) {
  enter("stat_at " + name);
  Node* const in = directory(directory_number);
  if (in == nullptr) return -EBADF;
  if (!may(*in, may_search)) return -EACCES;
  const auto found = in->names.find(name);
  if (found == in->names.end()) return -ENOENT;
  info = shown(*found->second);
  return 0;
}

int MemoryFileSystem::list(int directory_number, std::vector<std::string>& names) {
  enter("list " + name_of(directory_number));
  Node* const in = directory(directory_number);
  if (in == nullptr) return -EBADF;
  if (!may(*in, may_read)) return -EACCES;
  for (const auto& [name, node] : in->names) names.push_back(name);
  return 0;
}

int MemoryFileSystem::read_link(int directory_number, const std::string& name, std::string& target) {
  enter("read_link " + name);
  Node* const in = directory(directory_number);
  if (in == nullptr) return -EBADF;
  const auto found = in->names.find(name);
  if (found == in->names.end()) return -ENOENT;
  if (found->second->info.type != FileInfo::Type::symlink) return -EINVAL;
  target = found->second->text;
  return 0;
}

int MemoryFileSystem::change_mode(int file, unsigned mode) {
  enter("change_mode " + name_of(file));
  const Descriptor* const found = descriptor(file);
  if (found == nullptr) return -EBADF;
  if (user_ != root && user_ != found->node->info.owner) return -EPERM;
  found->node->info.mode = mode;
  found->node->info.changed = ++ticks_;
  return 0;
}

int MemoryFileSystem::change_owner(int file, unsigned owner, unsigned group) {
  enter("change_owner " + name_of(file));
  const Descriptor* const found = descriptor(file);
  if (found == nullptr) return -EBADF;
  if (user_ != root || !may_give_away_) return -EPERM;
  found->node->info.owner = owner;
  found->node->info.group = group;
  found->node->info.changed = ++ticks_;
  return 0;
}

int MemoryFileSystem::move(int directory_number, const std::string& from, const std::string& to) {
  Node* const in = directory(directory_number);
  if (in == nullptr) return -EBADF;
  const auto source = in->names.find(from);
  if (source == in->names.end()) return -ENOENT;
  if (!may(*in, may_write | may_search)) return -EACCES;
  const auto target = in->names.find(to);
  if (!may_replace(*in, *source->second)) return -EPERM;
  if (target != in->names.end() && !may_replace(*in, *target->second)) return -EPERM;
  if (target != in->names.end() && target->second->info.type == FileInfo::Type::directory) return -EISDIR;
  const NodePointer node = source->second;
  in->names.erase(source);
  in->names[to] = node;
  node->info.changed = ++ticks_;
  return 0;
}

int MemoryFileSystem::rename(int directory_number, const std::string& from, const std::string& to) {
  enter("rename " + from + " -> " + to);
  return move(directory_number, from, to);
}

int MemoryFileSystem::rename_new(int directory_number, const std::string& from, const std::string& to) {
  enter("rename_new " + from + " -> " + to);
  const Node* const in = directory(directory_number);
  if (in != nullptr && in->names.count(to) > 0) return -EEXIST;
  return move(directory_number, from, to);
}

int MemoryFileSystem::remove(int directory_number, const std::string& name) {
  enter("remove " + name);
  Node* const in = directory(directory_number);
  if (in == nullptr) return -EBADF;
  const auto found = in->names.find(name);
  if (found == in->names.end()) return -ENOENT;
  if (!may(*in, may_write | may_search)) return -EACCES;
  if (!may_replace(*in, *found->second)) return -EPERM;
  if (found->second->info.type == FileInfo::Type::directory) return -EISDIR;
  in->names.erase(found);
  return 0;
}

int MemoryFileSystem::try_lock(int file) {
  enter("try_lock " + name_of(file));
  const Descriptor* const found = descriptor(file);
  if (found == nullptr) return -EBADF;
  Node& node = *found->node;
  if (now_ < node.locked_until || (node.locked_by >= 0 && node.locked_by != file)) return -EAGAIN;
  node.locked_by = file;
  return 0;
}

}  // namespace kratix_status::test
