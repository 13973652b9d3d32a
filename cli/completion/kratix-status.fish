# fish completion for kratix-status. In ~/.config/fish/config.fish: kratix-status completion fish | source
function __kratix_status_candidates
    set -l words (commandline -opc) (commandline -ct)
    for line in ($words[1] completion --candidates -- $words[2..-1] 2>/dev/null)
        switch $line
            case :files
                __fish_complete_path (commandline -ct)
            case :directories
                __fish_complete_directories (commandline -ct)
            case '*'
                printf '%s\n' $line
        end
    end
end
complete -c kratix-status -f -a '(__kratix_status_candidates)'
