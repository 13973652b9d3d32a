# bash completion for kratix-status. In ~/.bashrc: . <(kratix-status completion bash)
_kratix_status() {
  local word text current=${COMP_WORDS[COMP_CWORD]}
  COMPREPLY=()
  while IFS=$'\t' read -r word text; do
    case $word in
      :files) compopt -o filenames && mapfile -t COMPREPLY < <(compgen -f -- "$current") ;;
      :directories) compopt -o filenames && mapfile -t COMPREPLY < <(compgen -d -- "$current") ;;
      *) COMPREPLY+=("$(printf %q "$word")") ;;
    esac
  done < <("${COMP_WORDS[0]}" completion --candidates -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _kratix_status kratix-status
