#include "tools/demo/names.h"

#include <array>

namespace pathways::demo {
namespace {

using std::string_view;

constexpr auto kBoys = std::to_array<string_view>(
    {"Alfie",   "Amir",   "Archie", "Arjun",    "Bartek", "Benjamin", "Caleb", "Callum",
     "Danyal",  "David",  "Dexter", "Dominik",  "Eesa",   "Elijah",   "Ethan", "Finley",
     "Freddie", "George", "Hamza",  "Harry",    "Hugo",   "Ibrahim",  "Isaac", "Jakub",
     "James",   "Jayden", "Joshua", "Kacper",   "Kai",    "Kofi",     "Leo",   "Liam",
     "Luca",    "Mason",  "Mateo",  "Mohammed", "Nathan", "Noah",     "Ola",   "Oliver",
     "Oscar",   "Owen",   "Rafael", "Reuben",   "Rory",   "Samuel",   "Seán",  "Stefan",
     "Tariq",   "Theo",   "Tobi",   "Tyler",    "Viktor", "William",  "Yusuf", "Zachary",
     "Zain"});

constexpr auto kGirls = std::to_array<string_view>(
    {"Aaliyah", "Abigail", "Aisha",  "Alicja", "Amelia",   "Anaya",   "Ava",     "Beatrice",
     "Chloe",   "Daisy",   "Darcie", "Ebony",  "Eleanor",  "Ellie",   "Emily",   "Erin",
     "Esme",    "Eva",     "Faith",  "Fatima", "Florence", "Freya",   "Grace",   "Hana",
     "Hannah",  "Harper",  "Imogen", "Isla",   "Ivy",      "Jasmine", "Jessica", "Kayla",
     "Khadija", "Lena",    "Lily",   "Maja",   "Maisie",   "Maryam",  "Matilda", "Megan",
     "Mia",     "Naomi",   "Niamh",  "Olivia", "Phoebe",   "Poppy",   "Priya",   "Rosie",
     "Ruby",    "Safiya",  "Siân",   "Sofia",  "Temi",     "Willow",  "Zara",    "Zoë",
     "Zuzanna"});

constexpr auto kSurnames = std::to_array<string_view>(
    {"Abara",        "Adeyinka",     "Ahmadi",      "Akhter",       "Aldercott", "Alvarado",
     "Amberley",     "Antoniou",     "Ashdowne",    "Babatunde",    "Balderson", "Banerji",
     "Barkwell",     "Bielecki",     "Birchall",    "Blackmoor",    "Brackley",  "Brannigan",
     "Broadbent",    "Burdock",      "Castellan",   "Chadwell",     "Chowdhary", "Clearwater",
     "Coldstream",   "Copperfield",  "Cranmere",    "D'Angelo",     "Dacosta",   "Danvers",
     "de Souza",     "Dhaliwal",     "Dobrowolski", "Drayford",     "Dunmore",   "Eastwick",
     "Ekwueme",      "Elsworth",     "Fairbourne",  "Farooqi",      "Fenwick",   "Ferrante",
     "Fletching",    "Foxglove",     "Gallowey",    "García-Lloyd", "Glenister", "Goldsworthy",
     "Grabowska",    "Greenhalgh",   "Hallam",      "Harrowgate",   "Hazelwood", "Hollowell",
     "Hussaini",     "Ibekwe",       "Inglethorpe", "Iqbal",        "Jankowska", "Jessop",
     "Kapoor",       "Kaur Bains",   "Kellaway",    "Kettering",    "Kiplagat",  "Kowal",
     "Lachlan",      "Lanyon",       "Larkspur",    "Lindell",      "Lockhurst", "Longacre",
     "MacAllan",     "Malikov",      "Mallory",     "Mbeki",        "McGlynn",   "Meadowcroft",
     "Mendes",       "Merriweather", "Mistry",      "Moorcroft",    "Nazari",    "Netherby",
     "Nguyen-Hart",  "Nightingale",  "Nkemelu",     "O'Dowda",      "O'Rourke",  "Oakhurst",
     "Okonjo",       "Osterley",     "Pallister",   "Patelia",      "Pemberton", "Petrov",
     "Pickwell",     "Popescu",      "Quarrington", "Quinlan",      "Rahimi",    "Ravenscroft",
     "Redfearn",     "Rosewarne",    "Saddington",  "Sandhu",       "Sealey",    "Shahid",
     "Silverdale",   "Smith-Adu",    "Sokolov",     "Stanmore",     "Sunderji",  "Tamworth",
     "Tanveer",      "Thistlewood",  "Trevanion",   "Udoh",         "Underhay",  "Vasquez",
     "Venkataraman", "Waverley",     "Westcott",    "Wexcombe",     "Whitlock",  "Wielgosz",
     "Winterbourne", "Wojcik",       "Wyndham",     "Yarrow",       "Yilmaz",    "Zielińska",
     "Zubair"});

}  // namespace

std::span<const string_view> BoysForenames() { return kBoys; }
std::span<const string_view> GirlsForenames() { return kGirls; }
std::span<const string_view> Surnames() { return kSurnames; }

}  // namespace pathways::demo
