# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of notme for bash. Made by doc/completion/generate: change that.

# One of the words; with -s several, with commas between.
_notme_values()
{
    local before=
    if [ "$1" = -s ]; then
        shift
        case $cur in *,*) before=${cur%,*}, ;; esac
    fi
    mapfile -t COMPREPLY < <(compgen -P "$before" -W "$1" -- "${cur##*,}")
}

_notme_files()
{
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$cur")
}

# What a job or a question is called.
_notme_said()
{
    mapfile -t COMPREPLY < <(compgen -W "$(notme "$@" 2>/dev/null | sed -n 's/^ *\([0-9][0-9]*\) .*/\1/p; s/^\([a-z-]*:[^ ]*\)$/\1/p')" -- "$cur")
    case $cur in *:*) COMPREPLY=("${COMPREPLY[@]#"${cur%:*}:"}") ;; esac
}

_notme()
{
    local commands="review list show check tag delete quarantine release complain questions answer summary decide undo redo log purge learn demo keys"
    local line=${COMP_LINE:0:COMP_POINT} cur option="" command="" word
    cur=${line##*[[:space:]]}
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case " $commands " in
        *" $word "*) command=$word; break ;;
        esac
    done
    case $cur in --*=*) option=${cur%%=*} cur=${cur#*=} ;; esac
    COMPREPLY=()
    case $command:$option in
    *:--config) _notme_files ;;
    *:--color) _notme_values "auto always never" ;;
    list:--format) _notme_values "text json tsv text0 files addresses" ;;
    list:--fields) _notme_values -s "file verdict kind format warning abused message_id from subject date reporter reporting_mta arrival_date recipient recipients original action status reply_code reason diagnostic remote_mta returned_from returned_subject returned_message_id returned_date injection_ip injection_source submitter_ip forged_hop campaign evidence questions" ;;
    list:--verdict) _notme_values "genuine backscatter fake undecided" ;;
    list:--kind) _notme_values "failure delay success auto-reply challenge virus-notice read-receipt abuse-report" ;;
    list:--sort) _notme_values "date verdict injection reporter recipient" ;;
    show:--format) _notme_values "text json" ;;
    check:--format) _notme_values "text json tsv verdict" ;;
    check:--fields) _notme_values -s "file verdict kind format warning abused message_id from subject date reporter reporting_mta arrival_date recipient recipients original action status reply_code reason diagnostic remote_mta returned_from returned_subject returned_message_id returned_date injection_ip injection_source submitter_ip forged_hop campaign evidence questions" ;;
    check:--files-from) _notme_files ;;
    check:--files0-from) _notme_files ;;
    check:--is) _notme_values -s "genuine backscatter fake undecided none" ;;
    delete:--verdict) _notme_values "genuine backscatter fake undecided" ;;
    quarantine:--verdict) _notme_values "genuine backscatter fake undecided" ;;
    release:--verdict) _notme_values "genuine backscatter fake undecided" ;;
    complain:--verdict) _notme_values "genuine backscatter fake undecided" ;;
    complain:--format) _notme_values "letter arf xarf" ;;
    complain:--to) _notme_values "reporter network both" ;;
    questions:--format) _notme_values "text json" ;;
    summary:--format) _notme_values "text html json" ;;
    log:--format) _notme_values "text json" ;;
    keys:--keymap) _notme_values "default emacs mutt vim" ;;
    *:--*) ;;
    *)
        case $command:$cur in
        review:-*) _notme_values "--config= --color= --verbose --help --version" ;;
        list:-*) _notme_values "--format= --fields= --verdict= --kind= --warning --sort= --reverse --limit= --config= --color= --verbose --help --version" ;;
        show:-*) _notme_values "--format= --explain --no-pager --config= --color= --verbose --help --version" ;;
        show:*) _notme_files ;;
        check:-*) _notme_values "--format= --fields= --jobs= --mbox --files-from= --files0-from= --is= --exit-code --ok-unreadable --config= --color= --verbose --help --version" ;;
        check:*) _notme_files ;;
        tag:-*) _notme_values "--dry-run --quiet --config= --color= --verbose --help --version" ;;
        delete:-*) _notme_values "--dry-run --yes --verdict= --config= --color= --verbose --help --version" ;;
        delete:*) _notme_files ;;
        quarantine:-*) _notme_values "--dry-run --yes --verdict= --config= --color= --verbose --help --version" ;;
        quarantine:*) _notme_files ;;
        release:-*) _notme_values "--dry-run --yes --verdict= --config= --color= --verbose --help --version" ;;
        release:*) _notme_files ;;
        complain:-*) _notme_values "--dry-run --yes --verdict= --format= --to= --old --dns --config= --color= --verbose --help --version" ;;
        complain:*) _notme_files ;;
        questions:-*) _notme_values "--format= --config= --color= --verbose --help --version" ;;
        answer:-*) _notme_values "--config= --color= --verbose --help --version" ;;
        summary:-*) _notme_values "--format= --config= --color= --verbose --help --version" ;;
        decide:-*) _notme_values "--dry-run --config= --color= --verbose --help --version" ;;
        undo:-*) _notme_values "--dry-run --config= --color= --verbose --help --version" ;;
        redo:-*) _notme_values "--config= --color= --verbose --help --version" ;;
        log:-*) _notme_values "--format= --config= --color= --verbose --help --version" ;;
        purge:-*) _notme_values "--older-than= --dry-run --yes --config= --color= --verbose --help --version" ;;
        learn:-*) _notme_values "--dns --yes --config= --color= --verbose --help --version" ;;
        demo:-*) _notme_values "--config= --color= --verbose --help --version" ;;
        keys:-*) _notme_values "--keymap= --config= --color= --verbose --help --version" ;;
        undo:* | redo:*) _notme_said log ;;
        answer:*) _notme_said questions ;;
        :-*) _notme_values "--config= --color= --verbose --help --version" ;;
        :*) _notme_values "$commands" ;;
        esac
        ;;
    esac
    case ${COMPREPLY[0]-} in --*=) compopt -o nospace 2>/dev/null ;; esac
}
complete -F _notme notme
