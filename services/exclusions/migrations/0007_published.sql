-- What the Department publishes, to hold our own figures against; no child's record.

-- As it stood in the file: a number, or the symbol where there is none. A symbol is never turned into 0.
create domain published_value as text
  constraint published_value_known check (value ~ '^([0-9]+(\.[0-9]+)?|z|x|c|low|k|u|:|~)?$');

create table published_figure (
  la_code            integer         not null,   -- 0: England
  academic_year      integer         not null,   -- 202324
  term               smallint        not null,   -- 0 the year, 1 autumn, 2 spring, 3 summer
  phase_group        text            not null,   -- what the phase's names have in common; empty: all schools
  education_phase    text            not null,   -- as published
  headcount          published_value not null,
  perm_excl          published_value not null,
  perm_excl_rate     published_value not null,
  suspension         published_value not null,
  susp_rate          published_value not null,
  one_plus_susp      published_value not null,
  one_plus_susp_rate published_value not null,
  source             text            not null,
  import_id          uuid            not null,
  import_row         bigint          not null,
  constraint published_figure_pkey primary key (la_code, phase_group, academic_year, term),
  constraint published_figure_term_known check (term between 0 and 3)
);
select app.protect_reference('published_figure');

create table statistical_neighbour (
  la_code    integer not null,
  neighbour  integer not null,
  source     text    not null,
  import_id  uuid    not null,
  import_row bigint  not null,
  constraint statistical_neighbour_pkey primary key (la_code, neighbour),
  constraint statistical_neighbour_another check (neighbour <> la_code)
);
select app.protect_reference('statistical_neighbour');
