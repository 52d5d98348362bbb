/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real terminal, through curses: the only file that knows it. Gives the terminal back however
 * the program ends. */
#include "screen/term_curses.h"

#include <curses.h>
#include <errno.h>
#include <glib-unix.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>

#include <termios.h>
#include <unistd.h>

#include "screen/keyjoin.h"

enum {
    ESC_DELAY = 100,
    PASTE_START = 3000, /* our own codes, above those of curses */
    PASTE_END = 3001,
    LONGEST_PASTE = 65536
};

typedef struct Curses {
    Term base;
    SCREEN *screen;
    Theme *theme;
    Cell *last; /* what curses was told */
    int last_width, last_height;
    attr_t attributes[ROLE_COUNT];
    bool selected_pairs; /* roles have a second pair, on the background of ROLE_SELECTED */
    KeyJoin join;
    guint input, tick, signals;
    GString *paste; /* between the brackets of a paste; else NULL */
    bool away;      /* another program has the terminal */
} Curses;

/* What signal handlers need: only what is safe there. */
static struct {
    volatile sig_atomic_t active;
    struct termios modes;
    char restore[256]; /* bytes that give the screen back */
    size_t restore_length;
    int pipe[2];
} rescue = {.pipe = {-1, -1}};

static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGVTALRM};
static const int told[] = {SIGWINCH, SIGTSTP, SIGCONT, SIGHUP, SIGTERM, SIGINT};

static void on_crash(int number)
{
    if (rescue.active) {
        ssize_t n = write(STDOUT_FILENO, rescue.restore, rescue.restore_length);
        (void)n;
        tcsetattr(STDIN_FILENO, TCSANOW, &rescue.modes);
    }
    if (number == SIGVTALRM) { /* watchdog.h */
        static const char word[] =
            "notme: the interface stood still and was ended; a job that runs "
            "goes on, and nothing is lost\n";
        ssize_t n = write(STDERR_FILENO, word, sizeof word - 1);
        (void)n;
        _exit(2);
    }
    signal(number, SIG_DFL);
    raise(number);
}

static void on_signal(int number)
{
    int saved = errno;
    char byte = (char)number;
    ssize_t n = write(rescue.pipe[1], &byte, 1);
    (void)n;
    errno = saved;
}

static void signals_set(const int *numbers, gsize count, void (*handler)(int))
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    for (gsize i = 0; i < count; i++)
        sigaction(numbers[i], &action, NULL);
}

static void at_exit(void)
{
    if (rescue.active) {
        rescue.active = 0;
        endwin();
    }
}

/* Collects the bytes that end full-screen use, for a crash. */
static void rescue_prepare(void)
{
    const char *const names[] = {"sgr0", "cnorm", "rmkx", "rmcup", "BD"};
    g_autoptr(GString) bytes = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        const char *text = tigetstr(names[i]);
        if (text && text != (char *)-1 && !strstr(text, "$<"))
            g_string_append(bytes, text);
    }
    g_string_append(bytes, "\r\n");
    rescue.restore_length = MIN(bytes->len, sizeof rescue.restore);
    memcpy(rescue.restore, bytes->str, rescue.restore_length);
}

static gint64 now_ms(void)
{
    return g_get_monotonic_time() / 1000;
}

static void key_out(Key key, gpointer data)
{
    Curses *curses = data;
    if (curses->paste) {
        if (key < KEY_SPECIAL && curses->paste->len < LONGEST_PASTE)
            g_string_append_unichar(curses->paste, key == '\r' ? '\n' : key);
        return;
    }
    curses->base.events->key(key, curses->base.data);
}

static gboolean on_tick(gpointer data);

static void tick_plan(Curses *curses)
{
    int wait = keyjoin_wait(&curses->join, now_ms());
    if (wait >= 0 && !curses->tick)
        curses->tick = g_timeout_add((guint)wait + 1, on_tick, curses);
}

static gboolean on_tick(gpointer data)
{
    Curses *curses = data;
    curses->tick = 0;
    keyjoin_tick(&curses->join, now_ms(), key_out, curses);
    tick_plan(curses);
    return G_SOURCE_REMOVE;
}

static const struct {
    wint_t code;
    Key key;
} special[] = {
    {KEY_UP, KEY_UP_ARROW},
    {KEY_DOWN, KEY_DOWN_ARROW},
    {KEY_LEFT, KEY_LEFT_ARROW},
    {KEY_RIGHT, KEY_RIGHT_ARROW},
    {KEY_HOME, KEYCAP_HOME},
    {KEY_END, KEYCAP_END},
    {KEY_PPAGE, KEY_PAGE_UP},
    {KEY_NPAGE, KEY_PAGE_DOWN},
    {KEY_IC, KEYCAP_INSERT},
    {KEY_DC, KEYCAP_DELETE},
    {KEY_BACKSPACE, KEYCAP_BACKSPACE},
    {KEY_BTAB, KEY_BACK_TAB},
    {KEY_ENTER, '\r'},
    {KEY_FIND, KEYCAP_HOME},
    {KEY_SELECT, KEYCAP_END},
};

static void on_mouse(Curses *curses)
{
    MEVENT event;
    if (getmouse(&event) != OK)
        return;
    int wheel = 0;
    if (event.bstate & BUTTON4_PRESSED)
        wheel = -1;
    else if (event.bstate & BUTTON5_PRESSED)
        wheel = 1;
    else if (!(event.bstate & (BUTTON1_PRESSED | BUTTON1_CLICKED)))
        return;
    curses->base.events->mouse(event.x, event.y, wheel, curses->base.data);
}

static void paste_end(Curses *curses)
{
    g_autoptr(GString) paste = g_steal_pointer(&curses->paste);
    if (paste)
        curses->base.events->pasted(paste->str, curses->base.data);
}

static void on_code(Curses *curses, wint_t code)
{
    if (code == KEY_MOUSE) {
        on_mouse(curses);
    } else if (code == PASTE_START) {
        if (!curses->paste)
            curses->paste = g_string_new(NULL);
    } else if (code == PASTE_END) {
        paste_end(curses);
    } else if (code > KEY_F0 && code <= KEY_F(12)) {
        keyjoin_put(&curses->join, KEY_F_0 + (code - KEY_F0), now_ms(), key_out, curses);
    } else {
        for (gsize i = 0; i < G_N_ELEMENTS(special); i++)
            if (special[i].code == code)
                keyjoin_put(&curses->join, special[i].key, now_ms(), key_out, curses);
    }
}

static void gone(Curses *curses)
{
    curses->base.events->gone(NULL, curses->base.data);
}

/* Nothing can be read though there should be something: the terminal has gone away. */
static bool input_ended(GIOCondition condition, guint keys)
{
    int waiting = 0;
    if (condition & (G_IO_ERR | G_IO_NVAL))
        return true;
    if (keys > 0)
        return false;
    return condition & G_IO_HUP || ioctl(STDIN_FILENO, FIONREAD, &waiting) < 0 || waiting == 0;
}

static gboolean on_input(gint fd, GIOCondition condition, gpointer data)
{
    Curses *curses = data;
    (void)fd;
    guint keys = 0;
    wint_t c;
    int kind;
    while (!curses->away && (kind = get_wch(&c)) != ERR && keys < 4096) {
        keys++;
        if (kind == KEY_CODE_YES)
            on_code(curses, c);
        else
            keyjoin_put(&curses->join, c == '\n' ? '\r' : (Key)c, now_ms(), key_out, curses);
    }
    if (!curses->away && input_ended(condition, keys)) {
        curses->input = 0;
        curses->base.lost = true;
        gone(curses);
        return G_SOURCE_REMOVE;
    }
    tick_plan(curses);
    return G_SOURCE_CONTINUE;
}

static void take_size(Curses *curses)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0) {
        if (size.ws_col != COLS || size.ws_row != LINES)
            resizeterm(size.ws_row, size.ws_col);
    }
    curses->base.width = COLS;
    curses->base.height = LINES;
}

static void curses_suspend(Term *term)
{
    Curses *curses = (Curses *)term;
    const int stop = SIGTSTP;
    term->ops->leave(term);
    signals_set(&stop, 1, SIG_DFL);
    raise(SIGTSTP);
    signals_set(&stop, 1, on_signal);
    term->ops->enter(term);
    take_size(curses);
    term->events->resized(term->data);
}

static gboolean on_told(gint fd, GIOCondition condition, gpointer data)
{
    Curses *curses = data;
    char bytes[64];
    (void)condition;
    ssize_t n = read(fd, bytes, sizeof bytes);
    for (ssize_t i = 0; i < n; i++) {
        if (bytes[i] == SIGWINCH || bytes[i] == SIGCONT) {
            take_size(curses);
            if (bytes[i] == SIGCONT)
                term_repaint(&curses->base);
            curses->base.events->resized(curses->base.data);
        } else if (bytes[i] == SIGTSTP) {
            curses_suspend(&curses->base);
        } else {
            curses->base.lost = bytes[i] == SIGHUP;
            gone(curses);
            return G_SOURCE_CONTINUE;
        }
    }
    return G_SOURCE_CONTINUE;
}

static void curses_start(Term *term)
{
    Curses *curses = (Curses *)term;
    curses->input =
        g_unix_fd_add(STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR | G_IO_NVAL, on_input, curses);
    curses->signals = g_unix_fd_add(rescue.pipe[0], G_IO_IN, on_told, curses);
}

static void cell_show(const Curses *curses, const Cell *cell, int x, int y)
{
    wchar_t wide[CCHARW_MAX + 1] = {0};
    cchar_t character;
    const char *p = cell->text;
    attr_t attributes = curses->attributes[cell->role];
    for (int i = 0; i < CCHARW_MAX && *p; i++, p = g_utf8_find_next_char(p, NULL))
        wide[i] = (wchar_t)g_utf8_get_char(p);
    if (cell->selected == SELECTED_ADDED)
        attributes |= curses->attributes[ROLE_SELECTED];
    bool painted = cell->selected && curses->selected_pairs;
    short pair =
        (short)(COLORS > 0 && curses->theme->color ? cell->role + 1 + (painted ? ROLE_COUNT : 0)
                                                   : 0);
    if (cell->selected == SELECTED_PLAIN) {
        attributes = A_REVERSE;
        pair = 0;
    }
    if (setcchar(&character, wide, attributes, pair, NULL) == OK)
        mvadd_wch(y, x, &character);
}

static void curses_show(Term *term, const Screen *screen)
{
    Curses *curses = (Curses *)term;
    if (curses->away)
        return;
    gsize count = (gsize)screen->width * (gsize)screen->height;
    bool all = !curses->last || curses->last_width != screen->width ||
               curses->last_height != screen->height;
    if (all) {
        curses->last = g_renew(Cell, curses->last, count);
        curses->last_width = screen->width;
        curses->last_height = screen->height;
        erase();
    }
    for (gsize i = 0; i < count; i++) {
        const Cell *cell = &screen->cells[i];
        if (!all && memcmp(cell, &curses->last[i], sizeof *cell) == 0)
            continue;
        curses->last[i] = *cell;
        /* The right half of a wide character was written with its left half. */
        if (*cell->text)
            cell_show(curses, cell, (int)(i % (gsize)screen->width),
                      (int)(i / (gsize)screen->width));
    }
    curs_set(screen->cursor_shown ? 1 : 0);
    move(MIN(screen->cursor_y, LINES - 1), MIN(screen->cursor_x, COLS - 1));
    refresh();
}

static void curses_repaint(Term *term)
{
    Curses *curses = (Curses *)term;
    g_clear_pointer(&curses->last, g_free);
    clearok(stdscr, TRUE);
}

static void paste_mode(bool on)
{
    const char *text = tigetstr(on ? "BE" : "BD");
    if (text && text != (char *)-1)
        putp(text);
    fflush(stdout);
}

static void curses_leave(Term *term)
{
    Curses *curses = (Curses *)term;
    curses->away = true;
    rescue.active = 0;
    paste_mode(false);
    /* Where there is no other screen to go back to, the shell goes on in a clean line. */
    move(LINES - 1, 0);
    clrtoeol();
    refresh();
    endwin();
    fflush(stdout);
}

static void curses_enter(Term *term)
{
    Curses *curses = (Curses *)term;
    curses->away = false;
    rescue.active = 1;
    flushinp(); /* what was typed before this screen is back was for another program */
    refresh();
    paste_mode(true);
    take_size(curses);
    curses_repaint(term);
}

static void curses_free(Term *term)
{
    Curses *curses = (Curses *)term;
    g_clear_handle_id(&curses->input, g_source_remove);
    g_clear_handle_id(&curses->tick, g_source_remove);
    g_clear_handle_id(&curses->signals, g_source_remove);
    curses_leave(term);
    signals_set(told, G_N_ELEMENTS(told), SIG_DFL);
    signals_set(crashes, G_N_ELEMENTS(crashes), SIG_DFL);
    delscreen(curses->screen);
    if (curses->paste)
        g_string_free(curses->paste, TRUE);
    g_free(curses->last);
    g_free(curses->theme);
    g_free(curses);
}

/* OSC 52 of xterm's control sequences; GNU screen hands on what stands in a DCS string. */
static void curses_copy(Term *term, const char *text)
{
    (void)term;
    g_autofree char *coded = g_base64_encode((const guchar *)text, strlen(text));
    bool within = getenv("STY") != NULL;
    fprintf(stdout, "%s\033]52;c;%s\007%s", within ? "\033P" : "", coded, within ? "\033\\" : "");
    fflush(stdout);
}

static const TermOps curses_ops = {
    .free = curses_free,
    .start = curses_start,
    .show = curses_show,
    .repaint = curses_repaint,
    .leave = curses_leave,
    .enter = curses_enter,
    .suspend = curses_suspend,
    .copy = curses_copy,
};

/* The number that curses wants for a colour; bright ones are bold where there are only eight. */
static short color_number(int color, attr_t *attributes, bool background)
{
    if (color < 0)
        return -1;
    if (color < 16 && color >= 8 && COLORS < 16) {
        if (!background)
            *attributes |= A_BOLD;
        return (short)(color - 8);
    }
    return (short)theme_nearest(color, COLORS);
}

/* A background of its own where there are colours enough, else reversed. */
static void selected_set(Curses *curses)
{
    const Look *selected = &curses->theme->looks[ROLE_SELECTED];
    if (!curses->theme->color || selected->bg < 0)
        return;
    if (selected->bg >= COLORS || COLOR_PAIRS <= 2 * ROLE_COUNT) {
        curses->attributes[ROLE_SELECTED] |= A_REVERSE;
        return;
    }
    curses->selected_pairs = true;
    for (int role = 0; role < ROLE_COUNT; role++) {
        attr_t ignored = 0;
        const Look *look = &curses->theme->looks[role];
        short fg = color_number(look->fg, &ignored, false);
        short bg = color_number(look->bg >= 0 ? look->bg : selected->bg, &ignored, true);
        init_pair((short)(role + 1 + ROLE_COUNT), fg, bg);
    }
}

static void looks_prepare(Curses *curses)
{
    static const struct {
        LookFlags flag;
        attr_t attribute;
    } flags[] = {{LOOK_BOLD, A_BOLD},
                 {LOOK_DIM, A_DIM},
                 {LOOK_UNDERLINE, A_UNDERLINE},
                 {LOOK_REVERSE, A_REVERSE}};
    if (curses->theme->color) {
        start_color();
        use_default_colors();
    }
    for (int role = 0; role < ROLE_COUNT; role++) {
        const Look *look = &curses->theme->looks[role];
        for (gsize i = 0; i < G_N_ELEMENTS(flags); i++)
            if (look->flags & flags[i].flag)
                curses->attributes[role] |= flags[i].attribute;
        if (!curses->theme->color)
            continue;
        short fg = color_number(look->fg, &curses->attributes[role], false);
        short bg = color_number(look->bg, &curses->attributes[role], true);
        init_pair((short)(role + 1), fg, bg);
    }
    selected_set(curses);
}

static void modes_set(const TermSetup *setup)
{
    raw();
    noecho();
    nonl();
    intrflush(stdscr, FALSE);
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    idlok(stdscr, TRUE);
    set_escdelay(ESC_DELAY);
    define_key("\033[200~", PASTE_START);
    define_key("\033[201~", PASTE_END);
    if (setup->mouse) {
        mousemask(BUTTON1_PRESSED | BUTTON1_CLICKED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
        mouseinterval(0);
    }
    paste_mode(true);
}

/* How many colours a terminal of this name has, 0 for none; -1 where it is not known or its cursor
 * cannot be moved. */
static int terminal_colors(const char *name)
{
    int result;
    if (!name || !*name || setupterm(name, STDOUT_FILENO, &result) == ERR)
        return -1;
    const char *moves = tigetstr("cup");
    int colors = moves && moves != (char *)-1 ? MAX(tigetnum("colors"), 0) : -1;
    del_curterm(cur_term); /* newterm() reads its own */
    return colors;
}

static bool terminal_fits(int *colors, GError **error)
{
    const char *name = g_getenv("TERM");
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
        g_set_error_literal(error, TERM_ERROR, 0,
                            "the interface needs a terminal; \"notme list\" works without one");
        return false;
    }
    *colors = terminal_colors(name);
    if (*colors < 0) {
        g_set_error(error, TERM_ERROR, 0,
                    "the terminal \"%s\" is not known here or too simple; set TERM to what it is, "
                    "for example TERM=vt100, or use \"notme list\"",
                    name ? name : "");
        return false;
    }
    return true;
}

static bool size_fits(GError **error)
{
    if (COLS >= TERM_LEAST_WIDTH && LINES >= TERM_LEAST_HEIGHT)
        return true;
    g_set_error(error, TERM_ERROR, 0,
                "the terminal has %d columns and %d lines; the interface needs %d and %d", COLS,
                LINES, TERM_LEAST_WIDTH, TERM_LEAST_HEIGHT);
    return false;
}

Term *term_curses_new(const TermSetup *setup, GError **error)
{
    int colors;
    if (!terminal_fits(&colors, error))
        return NULL;
    bool color = setup->color && colors >= 8;
    g_autofree Theme *theme = theme_new(setup->theme, color, error);
    if (!theme || tcgetattr(STDIN_FILENO, &rescue.modes) < 0 || pipe(rescue.pipe) < 0)
        return NULL;
    g_unix_set_fd_nonblocking(rescue.pipe[0], TRUE, NULL);
    g_unix_set_fd_nonblocking(rescue.pipe[1], TRUE, NULL);
    SCREEN *screen = newterm(NULL, stdout, stdin);
    if (!screen) {
        g_set_error_literal(error, TERM_ERROR, 0, "the terminal cannot be set up");
        return NULL;
    }
    if (!size_fits(error)) {
        endwin();
        delscreen(screen);
        return NULL;
    }
    Curses *curses = g_new0(Curses, 1);
    curses->base = (Term){.ops = &curses_ops,
                          .events = setup->events,
                          .data = setup->data,
                          .width = COLS,
                          .height = LINES,
                          .utf8 = setup->utf8,
                          .theme = theme};
    curses->screen = screen;
    curses->theme = g_steal_pointer(&theme);
    rescue_prepare();
    rescue.active = 1;
    atexit(at_exit);
    signals_set(crashes, G_N_ELEMENTS(crashes), on_crash);
    signals_set(told, G_N_ELEMENTS(told), on_signal);
    looks_prepare(curses);
    modes_set(setup);
    return &curses->base;
}
